import { tenantId } from './kernel/scope.ts';
import { openOffline } from './offline.ts';
import { REPAIRS, isExplained } from './recovery/comparing/model.ts';
import { Doctor } from './recovery/comparing/service.ts';
import { flagsFrom } from './flags.ts';

/** What is on its way when it is looked at first has arrived by then. */
const SECOND_LOOK_MS = 10_000;

const { tenant, case: caseId } = flagsFrom(process.argv.slice(2), ['tenant', 'case']);
const parts = await openOffline('cobuild-doctor');
try {
  const begun = performance.now();
  const { differences, ...counted } = await parts.app.get(Doctor, { strict: false }).compare({
    ...(tenant !== undefined && { tenant: tenantId(tenant) }),
    ...(caseId !== undefined && { caseId }),
    secondLookMs: SECOND_LOOK_MS,
  });
  for (const { code, tenant: of, subject, detail } of differences) {
    const { owner, repair } = REPAIRS[code];
    process.stdout.write(`${of} ${subject}: ${code} (${detail}); ${owner}: ${repair}\n`);
  }
  const unexplained = differences.filter(({ code }) => !isExplained(code)).length;
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  process.stdout.write(`${JSON.stringify({ ...counted, unexplained, seconds, differences })}\n`);
  process.exitCode = unexplained === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`the comparison could not be made: ${(error as Error).message}\n`);
  process.exitCode = 2;
} finally {
  await parts.close();
}
