import { tenantId, type TenantId } from './kernel/scope.ts';
import { instantFromMs } from './kernel/time.ts';
import { flagsFrom } from './flags.ts';
import { openOffline } from './offline.ts';
import type { Parts } from './parts.ts';
import { REPAIRS, isExplained, type Difference } from './recovery/comparing/model.ts';
import { Doctor } from './recovery/comparing/service.ts';
import { RecoveryMode } from './recovery/mode/service.ts';
import { OutsideMirror } from './recovery/outside/service.ts';
import { publisherOf, type Get } from './recovering.ts';
import { Repairs } from './recovery/repair/service.ts';

/** Workers start anew when a tenant is no longer frozen, and take a moment to adopt what they are told. */
const PATIENCE_MS = 120_000;
/** Until workers have adopted what they were told. */
const SECOND_LOOK_MS = 5000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const now = () => instantFromMs(Date.now());

function getFrom({ app }: Parts): Get {
  return (type) => app.get(type as abstract new () => never, { strict: false });
}

/** Once after a restore, before anything else runs: erasures again, access revoked, frozen. */
async function begin(get: Get, reason: string): Promise<void> {
  const mode = get(RecoveryMode);
  const outside = get(OutsideMirror);
  const buried = await outside.bury(now());
  const anchors = new Map((await outside.lastAnchors()).map((anchor) => [anchor.tenant, anchor]));
  const tenants = await mode.tenants();
  for (const tenant of tenants) {
    const head = await mode.freeze(tenant, reason, now(), anchors.get(tenant));
    await outside.accept(tenant, head, now());
  }
  say(JSON.stringify({ frozen: tenants.length, erasedAgain: buried }));
}

async function repair(get: Get, only: TenantId | undefined): Promise<void> {
  const mode = get(RecoveryMode);
  const tenants = only ? [only] : [...(await mode.recovering()).keys()];
  const totals = { resynced: 0, started: 0, republished: 0 };
  let left: readonly Difference[] = [];
  let lost: readonly Difference[] = [];
  for (const tenant of tenants) if (await mode.beginRepair(tenant, now())) say(`${tenant}: workers may answer cases again`);
  for (const tenant of tenants) {
    const doctor = get(Doctor);
    const until = performance.now() + PATIENCE_MS;
    for (let round = 1; ; round += 1) {
      const { differences } = await doctor.compare({ tenant, secondLookMs: round === 1 ? 0 : SECOND_LOOK_MS });
      left = [...left.filter((other) => other.tenant !== tenant), ...differences];
      const unexplained = differences.filter(({ code }) => !isExplained(code));
      say(`${tenant}: round ${round}, ${unexplained.length} unexplained`);
      const failed = new Set(lost.map(({ subject }) => subject));
      const isWaiting = unexplained.some(({ code, subject }) => REPAIRS[code].owner === 'engine' && !failed.has(subject));
      if (unexplained.length === 0 || (round > 1 && !isWaiting) || performance.now() > until) break;
      const done = await get(Repairs).repair(unexplained, publisherOf(get));
      totals.resynced += done.resynced;
      totals.started += done.started;
      totals.republished += done.republished;
      lost = [...lost.filter((other) => other.tenant !== tenant), ...done.lost];
    }
  }
  const unexplained = left.filter(({ code }) => !isExplained(code));
  for (const { tenant, subject, code, detail } of [...lost, ...unexplained]) {
    say(`${tenant} ${subject}: ${code} (${detail}); ${REPAIRS[code].owner}: ${REPAIRS[code].repair}`);
  }
  say(JSON.stringify({ tenants: tenants.length, ...totals, lost: lost.length, unexplained: unexplained.length }));
  process.exitCode = unexplained.length === 0 ? 0 : 1;
}

const { begin: reason, tenant } = flagsFrom(process.argv.slice(2), ['begin', 'tenant']);
const parts = await openOffline('cobuild-recover');
try {
  const get = getFrom(parts);
  await (reason === undefined ? repair(get, tenant === undefined ? undefined : tenantId(tenant)) : begin(get, reason));
} finally {
  await parts.close();
}
