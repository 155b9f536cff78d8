import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../src/kernel/refusal.ts';
import { findDuplicates, type Cluster, type ComparedText } from '../../src/needs/duplicates/model.ts';
import { lettersOf } from '../../src/needs/duplicates/shingles.ts';

interface Row extends ComparedText {
  readonly block: string;
}

const block = (row: Row): string => row.block;
const find = (texts: readonly Row[], atLeastPercent?: number): Cluster[] => findDuplicates({ texts, block, atLeastPercent });
const rows = (...texts: string[]): Row[] => texts.map((text, index) => ({ id: `n${index}`, text, block: 'b' }));

/** The definition, word for word, and slow. */
function jaccard(a: string, b: string): number {
  const pairs = (text: string): Set<string> => {
    const letters = [...lettersOf(text)];
    return new Set(letters.length === 1 ? letters : letters.slice(1).map((letter, at) => `${letters[at]}${letter}`));
  };
  const [one, other] = [pairs(a), pairs(b)];
  const shared = [...one].filter((pair) => other.has(pair)).length;
  return one.size + other.size === 0 ? 0 : shared / (one.size + other.size - shared);
}

/** A number generator of our own, so that the planted texts are the same everywhere. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const WORDS = '楼道照明电梯加装扶手老人助餐停车充电环境卫生绿化消防安全义诊健身儿童托育阅览垃圾分类路灯下水管网门禁维修噪音油烟无障碍坡道快递物业';

function planted(count: number): { texts: Row[]; pairs: [Row, Row][] } {
  const roll = dice(7);
  const write = (length: number): string[] => Array.from({ length }, () => WORDS[roll(WORDS.length)]!);
  const texts: Row[] = [];
  const pairs: [Row, Row][] = [];
  while (texts.length < count) {
    const letters = write(24 + roll(30));
    const at = `c${roll(8)}`;
    const original = { id: `a${texts.length}`, text: letters.join(''), block: at };
    texts.push(original);
    if (texts.length % 10 !== 1) continue;
    // A changed letter costs up to two pairs on each side; two leave a likeness of about 0.8 to 0.95.
    const copy = [...letters];
    for (let changes = 1 + roll(2); changes > 0; changes -= 1) copy[roll(copy.length)] = WORDS[roll(WORDS.length)]!;
    const repeat = { id: `b${texts.length}`, text: ` ${copy.join('')}！`, block: at };
    texts.push(repeat);
    if (jaccard(original.text, repeat.text) >= 0.8) pairs.push([original, repeat]);
  }
  return { texts, pairs };
}

describe('duplicates', () => {
  it('finds what differs in width, blanks and punctuation, and within a block only', () => {
    const found = find([...rows('１２号楼 楼道灯坏了，请维修', '12号楼楼道灯坏了请维修！', '食堂太远'), { id: 'z', text: '12号楼楼道灯坏了请维修', block: 'other' }]);
    expect(found.map((cluster) => cluster.ids)).toEqual([['n0', 'n1']]);
    expect(found[0]!.pairs).toEqual([{ a: 'n0', b: 'n1', percent: 100 }]);
    expect(find(rows('', '！！', ''))).toEqual([]);
    expect(find(rows('灯', '灯', '路'))).toHaveLength(1);
  });

  it('finds more than 99 of 100 planted pairs, nothing below the threshold, and says the same whatever the order', () => {
    const { texts, pairs } = planted(3000);
    const found = find(texts);
    const clusterOf = new Map(found.flatMap((cluster, at) => cluster.ids.map((id) => [id, at] as const)));
    const met = pairs.filter(([a, b]) => clusterOf.get(a.id) !== undefined && clusterOf.get(a.id) === clusterOf.get(b.id));
    expect(pairs.length).toBeGreaterThan(150);
    expect(met.length / pairs.length).toBeGreaterThanOrEqual(0.99);
    const textOf = new Map(texts.map((row) => [row.id, row]));
    for (const { a, b, percent } of found.flatMap((cluster) => cluster.pairs)) {
      expect(percent).toBe(Math.floor(100 * jaccard(textOf.get(a)!.text, textOf.get(b)!.text)));
      expect(percent).toBeGreaterThanOrEqual(80);
      expect(textOf.get(a)!.block).toBe(textOf.get(b)!.block);
    }
    expect(find([...texts].reverse())).toEqual(found);
  });

  it('agrees with the definition on small sets of like texts', () => {
    const text = fc.array(fc.constantFrom('灯', '坏', '了'), { minLength: 0, maxLength: 12 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 8 }), fc.constantFrom(80, 90, 100), (texts, least) => {
        const given = rows(...texts);
        const parents = given.map((_, at) => at);
        const root = (at: number): number => (parents[at] === at ? at : root(parents[at]!));
        const near = (a: number, b: number): boolean => jaccard(texts[a]!, texts[b]!) * 100 >= least && lettersOf(texts[a]!) !== '';
        for (let a = 0; a < texts.length; a += 1) for (let b = a + 1; b < texts.length; b += 1) if (near(a, b)) parents[root(b)] = root(a);
        const apart = (ids: readonly string[]): boolean => new Set(ids.map((id) => root(Number(id.slice(1))))).size > 1;
        expect(find(given, least).filter((cluster) => apart(cluster.ids))).toEqual([]);
        if (least === 100) {
          const sizes = new Map<number, number>();
          for (const at of parents.keys()) sizes.set(root(at), (sizes.get(root(at)) ?? 0) + 1);
          expect(find(given, least)).toHaveLength([...sizes.values()].filter((size) => size > 1).length);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('ends on a crowd of equal and of nearly equal texts', () => {
    const equal = rows(...Array.from({ length: 5000 }, () => '楼道灯坏了请维修'));
    expect(find(equal).map((cluster) => cluster.ids.length)).toEqual([5000]);
    const nearly = rows(...Array.from({ length: 1000 }, (_, at) => `小区东门外的人行道地砖破损多处老人夜间出行容易绊倒希望尽快修复并增设路灯编号${at}`));
    expect(find(nearly).map((cluster) => cluster.ids.length)).toEqual([1000]);
  });

  it.each([
    ['DUPLICATES_THRESHOLD', () => find(rows('a'), 0)],
    ['DUPLICATES_THRESHOLD', () => find(rows('a'), Number.NaN)],
    ['DUPLICATES_ID_TWICE', () => find([...rows('灯'), ...rows('路')])],
    ['DUPLICATES_ROW_INVALID', () => find([{ id: 'a', text: undefined as unknown as string, block: '' }])],
    ['DUPLICATES_TEXT_TOO_LONG', () => find(rows('灯'.repeat(20_001)))],
  ])('refuses bad input with %s', (code, work) => {
    let refusal: unknown;
    try {
      work();
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(Refusal);
    expect((refusal as Refusal).code).toBe(code);
  });
});
