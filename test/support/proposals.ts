import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { UnitService } from '../../src/accounts/units/service.ts';
import { fen } from '../../src/kernel/money.ts';
import { tenantScope, type TenantId } from '../../src/kernel/scope.ts';
import { instantFromMs, localDate } from '../../src/kernel/time.ts';
import { NeedService } from '../../src/needs/need/service.ts';
import { ProposalService } from '../../src/needs/proposal/service.ts';
import { Database } from '../../src/platform/database/database.ts';

export const PROPOSAL_BUDGET_FEN = 500_000;

/** Ready proposals of one community, each answering one need of its own; for tests and benchmarks that begin at the project. */
export async function plantProposals(
  app: INestApplicationContext,
  tenant: TenantId,
  communityCode: string,
  count: number,
): Promise<string[]> {
  const planted: string[] = [];
  while (planted.length < count) {
    planted.push(...(await plantSome(app, tenant, communityCode, Math.min(BATCH, count - planted.length))));
  }
  return planted;
}

/** Few enough for one transaction on a busy machine. */
const BATCH = 50;

async function plantSome(
  app: INestApplicationContext,
  tenant: TenantId,
  communityCode: string,
  count: number,
): Promise<string[]> {
  const needs = app.get(NeedService, { strict: false });
  const proposals = app.get(ProposalService, { strict: false });
  const units = app.get(UnitService, { strict: false });
  return app.get(Database, { strict: false }).within(tenantScope(tenant), async (tx) => {
    const at = instantFromMs(Date.now());
    const { id: communityId, orgPath } = (await units.byCodes(tx, [communityCode])).get(communityCode)!;
    const intent = { commandId: randomUUID(), at };
    const pairs = Array.from({ length: count }, () => ({ need: randomUUID(), proposal: randomUUID() }));
    await needs.insertAll(
      tx,
      pairs.map(({ need }) => ({
        id: need,
        orgPath,
        sourceNumber: null,
        communityId,
        channel: 'visit' as const,
        place: null,
        category: 'elderly' as const,
        urgency: 'routine' as const,
        peopleAffected: 10,
        evidence: null,
        publicText: '示例：老人需要上门助浴',
        raiserKind: 'resident' as const,
        raisedAt: at,
        raiser: { words: null, name: null, phone: null, consent: null },
      })),
      at,
    );
    await needs.triageAll(
      tx,
      pairs.map(({ need }) => ({ id: need, version: 1, triage: {} })),
      intent,
    );
    await proposals.insertAll(
      tx,
      pairs.map(({ need, proposal }, index) => ({
        id: proposal,
        orgPath,
        sourceNumber: null,
        communityId,
        title: `示例项目${index + 1}`,
        description: '示例',
        category: 'elderly' as const,
        capability: 'elderly' as const,
        budgetFen: fen(PROPOSAL_BUDGET_FEN),
        hours: 0,
        fromOn: localDate('2026-01-01'),
        untilOn: localDate('2027-12-31'),
        sharedProperty: false,
        peopleExpected: 10,
        implementerId: null,
        needIds: [need],
      })),
    );
    const outcomes = await proposals.makeReadyAll(
      tx,
      pairs.map(({ proposal }) => ({ id: proposal, version: 1 })),
      intent,
    );
    const refused = outcomes.find(({ code }) => code !== null);
    if (refused) throw new Error(`a planted proposal was refused: ${refused.code}`);
    return pairs.map(({ proposal }) => proposal);
  });
}
