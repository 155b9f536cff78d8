import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { tenantId } from '../../../src/kernel/scope.ts';
import { parseInstant } from '../../../src/kernel/time.ts';
import { followUpCode, normalFollowUp } from '../../../src/needs/intake/follow-up/model.ts';
import { followState, suggestCategory } from '../../../src/needs/intake/model.ts';
import { FormTickets } from '../../../src/needs/intake/ticket/service.ts';
import { BlindIndex } from '../../../src/platform/crypto/blind-index.ts';

const at = parseInstant('2026-03-02T01:00:00Z');
const keys = [{ id: 'k1', secret: randomBytes(32) }];
const tickets = new FormTickets(new BlindIndex(keys));
const tenant = tenantId('district');

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Refusal).code;
  }
  return 'taken';
}

describe('a form’s ticket', () => {
  it('says when which form was opened, and each is another one', () => {
    const [one, two] = [tickets.issue(tenant, 'needs', at), tickets.issue(tenant, 'needs', at)];
    expect(tickets.read(one, 'needs')).toMatchObject({ tenant, form: 'needs', issuedAt: at });
    expect(tickets.read(one, 'needs').id).not.toBe(tickets.read(two, 'needs').id);
  });

  it('is good for its form alone, under its keys, unchanged', () => {
    const ticket = tickets.issue(tenant, 'ABCDEFGHJK', at);
    expect(codeOf(() => tickets.read(ticket, 'needs'))).toBe('TICKET_INVALID');
    expect(codeOf(() => new FormTickets(new BlindIndex([{ id: 'k2', secret: randomBytes(32) }])).read(ticket, 'ABCDEFGHJK'))).toBe('TICKET_INVALID');
    const rotated = new FormTickets(new BlindIndex([{ id: 'k2', secret: randomBytes(32) }, ...keys]));
    expect(codeOf(() => rotated.read(ticket, 'ABCDEFGHJK'))).toBe('taken');
    // The last sign of base64url holds bits that say nothing; it is left alone.
    fc.assert(
      fc.property(fc.nat({ max: ticket.length - 2 }), fc.constantFrom('a', 'B', '7', '.', '-'), (place, sign) => {
        fc.pre(ticket[place] !== sign);
        const forged = ticket.slice(0, place) + sign + ticket.slice(place + 1);
        expect(codeOf(() => tickets.read(forged, 'ABCDEFGHJK'))).toBe('TICKET_INVALID');
      }),
      { numRuns: 200 },
    );
  });
});

describe('a follow-up code', () => {
  it('is read however it was written down', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 32 }), (digest) => {
        const code = followUpCode(digest);
        expect(code).toMatch(/^([2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}$/);
        for (const typed of [code.toLowerCase(), code.replaceAll('-', ' '), code.replaceAll('-', '')]) {
          expect(normalFollowUp(typed)).toBe(code.replaceAll('-', ''));
        }
      }),
    );
    for (const wrong of ['', '0000-0000-0000', 'ABCD-EFGH', '示例示例示例']) expect(codeOf(() => normalFollowUp(wrong))).toBe('FOLLOW_UP_UNKNOWN');
  });
});

describe('what a resident is told', () => {
  it.each([
    ['doubtful', null, 'checking'],
    ['rejected', null, 'notTaken'],
    ['accepted', null, 'counted'],
    ['accepted', { state: 'raised', keptState: null }, 'received'],
    ['accepted', { state: 'listed', keptState: null }, 'listed'],
    ['accepted', { state: 'asked', keptState: null }, 'asked'],
    ['accepted', { state: 'leftOut', keptState: null }, 'leftOut'],
    ['accepted', { state: 'merged', keptState: 'raised' }, 'joined'],
    ['accepted', { state: 'merged', keptState: 'asked' }, 'joined'],
    ['accepted', { state: 'merged', keptState: 'leftOut' }, 'leftOut'],
    ['accepted', { state: 'merged', keptState: 'answered' }, 'answered'],
  ] as const)('%s %j: %s', (submission, need, told) => {
    expect(followState({ state: submission, withdrawn: false, need })).toBe(told);
    expect(followState({ state: submission, withdrawn: true, need })).toBe('withdrawn');
  });
});

describe('a category is suggested', () => {
  it.each([
    ['小区没有老年食堂，老人吃饭不方便', 'dining'],
    ['七十岁的老人上下楼要歇三次', 'elderly'],
    ['楼下停车位不够', 'mobility'],
    ['三号楼路灯坏了半年', 'safety'],
    ['说不清楚', 'other'],
  ])('%s: %s', (words, category) => {
    expect(suggestCategory(words)).toBe(category);
  });
});
