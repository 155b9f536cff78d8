/**
 * Places where the fault tests end this process as a power cut would. Named in `CRASH_POINT=<name>:<n>`, which
 * production refuses; without it a point is one comparison.
 */
export type CrashPoint = 'publish.open' | 'publish.committed' | 'command.stored' | 'command.decided';

let armed: { readonly name: string; left: number } | undefined;

/** Dies at the n-th passing of that point. */
export function armCrashPoint(spec: string | undefined): void {
  const [name = '', count = '1'] = spec?.split(':') ?? [];
  armed = name === '' ? undefined : { name, left: Number(count) };
}

export function crashPoint(name: CrashPoint): void {
  if (armed?.name !== name) return;
  armed.left -= 1;
  if (armed.left === 0) process.kill(process.pid, 'SIGKILL');
}
