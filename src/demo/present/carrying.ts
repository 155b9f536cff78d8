import type { LocalDate } from '../../kernel/time.ts';
import { AWARD_FEN, BUDGET_FEN, MARKS, type Step } from './content.ts';
import type { Opened } from './opening.ts';
import type { PresentCast, UnitSender } from './people.ts';

/** Takes a project as far as its line says; every step has a key of its own, so a repeat moves nothing. */
export async function carryOn(cast: PresentCast, project: Opened, day: LocalDate): Promise<void> {
  const { line } = project;
  if (line.unit === undefined) return;
  for (const step of line.steps) await take(cast, step, project, cast.units[line.unit]!, day);
}

async function take(cast: PresentCast, step: Step, project: Opened, { unit, sender }: UnitSender, day: LocalDate): Promise<void> {
  const { id, line, communityId } = project;
  const { manager, worker, organisation } = cast;
  const path = `/api/v1/projects/${id}`;
  const unitId = unit.id;
  const key = `present-${step}-${line.key}`;
  switch (step) {
    case 'claim':
    case 'start':
      await sender.post(`${path}/${step}`, { unitId }, key);
      return;
    case 'agree':
      await sender.post(`${path}/agree`, { unitId, implementerId: line.carriedOutForIt ? organisation.id : unitId, signedOn: day }, key);
      return;
    case 'fund': {
      const body = { unitId, book: 'money', amount: BUDGET_FEN, voucher: `示例-${line.key}` };
      await sender.post(`${path}/pledge`, body, `${key}-pledge`);
      await sender.post(`${path}/deliver`, body, `${key}-deliver`);
      await worker.post(`${path}/verify`, body, `${key}-verify`);
      return;
    }
    case 'requestAcceptance':
      await sender.post(`${path}/request-acceptance`, { unitId, summary: '示例：项目完成，申请验收' }, key);
      return;
    case 'requireRectification':
      await worker.post(`${path}/require-rectification`, { reason: '示例：标识不清，请补充' }, key);
      return;
    case 'accept':
      await worker.post(`${path}/accept`, { finding: '示例：通过验收' }, key);
      return;
    case 'evaluate':
      await manager.post(`${path}/evaluate`, { ...MARKS, proposeAward: true, doubtfulRatings: 'count' }, key);
      return;
    case 'proposeAward': {
      const body = { projectId: id, recipientId: communityId, amountFen: AWARD_FEN, purpose: '示例：项目持续运行' };
      await manager.post('/api/v1/awards', body, key);
    }
  }
}
