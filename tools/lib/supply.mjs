const GRAVE = new Set(['high', 'critical']);

/**
 * `report`: what `npm audit --json` printed. `accepted`: advisory address → reason. Not checked: the registry has no
 * such service, or the network is away.
 */
export function judge(report, accepted) {
  const { vulnerabilities } = parsed(report);
  if (!vulnerabilities) return { checked: false, findings: [], stale: [] };
  const grave = new Map();
  for (const { via } of Object.values(vulnerabilities)) {
    // A text only names the package through which it comes; that one is listed itself.
    for (const it of via) if (typeof it === 'object' && GRAVE.has(it.severity)) grave.set(it.url, `${it.name} ${it.range}: ${it.title} (${it.url})`);
  }
  return {
    checked: true,
    findings: [...grave].filter(([url]) => !Object.hasOwn(accepted, url)).map(([, text]) => text),
    stale: Object.keys(accepted).filter((url) => !grave.has(url)),
  };
}

/** Packages that would run something when they are installed, and about which package.json says neither yes nor no. */
export function unlistedScripts(lock, allowScripts = {}) {
  const names = Object.entries(lock.packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.split('node_modules/').at(-1));
  return [...new Set(names)].filter((name) => !Object.hasOwn(allowScripts, name)).sort();
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
