import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { humanNumber, personalTraces, withoutTraces } from '../../src/needs/model.ts';
import { NEED_MOVES, NEED_STATES, assertNeedCan, assertConsent, urgencyOfRank, urgencyRank, URGENCIES, type NeedState } from '../../src/needs/need/model.ts';
import { assertDraft, assertProposalCan, PROPOSAL_STATES } from '../../src/needs/proposal/model.ts';
import { Refusal } from '../../src/kernel/refusal.ts';

const CHINESE = '零一二三四五六七八九';
const spoken = (digits: string): string => [...digits].map((digit) => CHINESE[Number(digit)]).join('');
const wide = (digits: string): string => [...digits].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));

const phone = fc.tuple(fc.integer({ min: 3, max: 9 }), digits(9)).map(([second, rest]) => `1${second}${rest}`);
const idNumber = fc.tuple(fc.integer({ min: 1, max: 9 }), digits(16), fc.constantFrom(...'0123456789X')).map((parts) => parts.join(''));
const dressed = (numbers: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(numbers, fc.constantFrom<(text: string) => string>((it) => it, wide, (it) => it.replace(/(\d{3})(?=\d)/g, '$1 '), (it) => it.replace(/(\d{4})(?=\d)/g, '$1-'))).map(([text, dress]) => dress(text));

describe('personal traces in a public text', () => {
  it('finds every planted phone and identity number, however it is written', () => {
    const planted = fc.oneof(dressed(phone), phone.map(spoken), dressed(idNumber.filter((it) => /^\d+$/.test(it))), idNumber);
    fc.assert(
      fc.property(planted, fc.constantFrom('楼道太暗，联系', '老人独居', ''), fc.constantFrom('，谢谢', '王', ''), (number, before, after) => {
        expect(personalTraces(`${before}${number}${after}`)).not.toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it.each(['桂花苑3栋2单元501', '住在12号楼302室', '3-2-501', '三单元五零一', '电话0835-3222222', '卡号6222 0210 0111 2345 678', '座机 3222-888', '车牌川A·8K2Z1占道', '川ＡＤ12345充电'])('finds %s', (text) => {
    expect(personalTraces(text)).not.toEqual([]);
  });

  it('takes out what it finds and nothing else', () => {
    expect(withoutTraces('楼道灯坏了，请联系１３８ 0000 0000，谢谢')).toBe('楼道灯坏了，请＊＊＊，谢谢');
    expect(withoutTraces('桂花苑3栋2单元501的老人，身份证51310119500101001X')).toBe('桂花苑3栋2＊＊＊的老人，身份证＊＊＊');
    const number = fc.oneof(dressed(phone), phone.map(spoken), idNumber);
    fc.assert(
      fc.property(number, number, fc.constantFrom('，', '和', '\n'), (one, other, between) => {
        const masked = withoutTraces(`联系人${one}${between}${other}。`);
        expect(personalTraces(masked)).toEqual([]);
        expect(masked.endsWith('。')).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it.each(['惠及34户居民，投入¥100,000', '2025年9月至2026年12月', '12号楼 200 户没有电梯', '一老一小，60岁以上310人', '3栋2单元需要加装电梯', '热线12345', '每周5次，每次1.5小时'])(
    'leaves %s alone',
    (text) => {
      expect(personalTraces(text)).toEqual([]);
    },
  );
});

describe('states', () => {
  it('moves exactly as the table says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NEED_STATES), fc.constantFrom(...NEED_STATES), (from, to) => {
        const move = (): void => assertNeedCan({ number: 'XQ-0001', state: from }, to);
        if (NEED_MOVES[from].includes(to)) expect(move).not.toThrow();
        else expect(move).toThrow(Refusal);
      }),
    );
  });

  it('lets proposals go round between ready and matched, and never back to a draft', () => {
    const moves = PROPOSAL_STATES.flatMap((from) =>
      PROPOSAL_STATES.filter((to) => {
        try {
          assertProposalCan({ number: 'FA-0001', state: from }, to);
          return true;
        } catch {
          return false;
        }
      }).map((to) => `${from}→${to}`),
    );
    expect(moves).toEqual(['draft→ready', 'ready→matched', 'matched→ready']);
  });

  it('lets only drafts be edited and published', () => {
    for (const state of PROPOSAL_STATES) {
      const edit = (): void => assertDraft({ number: 'FA-0001', state });
      if (state === 'draft') expect(edit).not.toThrow();
      else expect(edit).toThrow(Refusal);
    }
  });

  it('lets every need end, and nothing leave the end', () => {
    const reachable = (from: NeedState, seen = new Set<NeedState>()): Set<NeedState> => {
      for (const to of NEED_MOVES[from]) if (!seen.has(to)) reachable(to, seen.add(to));
      return seen;
    };
    for (const state of NEED_STATES) if (state !== 'closed' && state !== 'withdrawn') expect(reachable(state)).toContain('closed');
    expect([NEED_MOVES.closed, NEED_MOVES.withdrawn]).toEqual([[], []]);
  });

  it('keeps urgencies in order', () => {
    expect(URGENCIES.map(urgencyRank)).toEqual([1, 2, 3]);
    expect(URGENCIES.map((urgency) => urgencyOfRank(urgencyRank(urgency)))).toEqual([...URGENCIES]);
  });

  it('numbers records for people', () => {
    expect(['need', 'offer', 'proposal'].map((kind) => humanNumber(kind as 'need', 7))).toEqual(['XQ-0007', 'ZY-0007', 'FA-0007']);
    expect(humanNumber('need', 12_345)).toBe('XQ-12345');
  });

  it('asks for consent where staff keep a contact, and only there', () => {
    const contact = { words: null, name: '示例', phone: null, consent: null };
    expect(() => assertConsent('staffOnBehalf', contact)).toThrow('CONSENT_MISSING');
    expect(() => assertConsent('staffOnBehalf', { ...contact, consent: 'oral' })).not.toThrow();
    expect(() => assertConsent('staffOnBehalf', { ...contact, name: null })).not.toThrow();
    expect(() => assertConsent('resident', contact)).not.toThrow();
  });
});
