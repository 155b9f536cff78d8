import type { INestApplicationContext } from '@nestjs/common';
import { AnchorService } from '../../src/audit/anchors/service.ts';
import { Sealer } from '../../src/audit/jobs.ts';
import { SealingService } from '../../src/audit/sealing/service.ts';
import type { TenantId } from '../../src/kernel/scope.ts';
import { instantFromMs } from '../../src/kernel/time.ts';
import { createLog } from '../../src/platform/logging.ts';

const WITHIN_MS = 60_000;

/** Anchors the day's record and tells nobody, so that no round of the worker writes to these tenants' auditors today. */
export async function anchorToday(app: INestApplicationContext, tenants: readonly TenantId[]): Promise<void> {
  const anchors = app.get(AnchorService, { strict: false });
  const sealer = new Sealer(app.get(SealingService, { strict: false }), anchors, () => Promise.resolve(), createLog('silent'));
  const until = Date.now() + WITHIN_MS;
  for (let open = tenants; open.length > 0; ) {
    if (Date.now() > until) throw new Error(`the record of ${open.join(', ')} cannot be anchored`);
    await sealer.round(instantFromMs(Date.now()));
    const found = await Promise.all(open.map((tenant) => anchors.page(tenant, undefined, 1)));
    open = open.filter((_, index) => found[index]!.length === 0);
  }
}
