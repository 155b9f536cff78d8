import { likeness, lettersOf, pairsOf } from '../duplicates/shingles.ts';
import type { Category } from '../model.ts';
import type { Need } from '../need/model.ts';

export interface BundledNeed {
  readonly id: string;
  readonly communityId: string;
  readonly category: Category;
  readonly place: string | null;
  readonly publicText: string | null;
  readonly peopleAffected: number;
  /** What the text is about, cut into words. */
  readonly words: readonly string[];
}

export type SuggestedNeed = Need & { readonly words: readonly string[] };

export interface BundleMember<Row extends BundledNeed> {
  readonly need: Row;
  /** Likeness of its wording to the oldest need of the bundle; 100 for that one. */
  readonly percent: number;
  readonly samePlace: boolean;
}

/** Needs that one project might answer, and why. */
export interface Bundle<Row extends BundledNeed> {
  readonly communityId: string;
  readonly category: Category;
  readonly members: readonly BundleMember<Row>[];
  /** Words that at least half of them share. */
  readonly sharedWords: readonly string[];
  readonly peopleAffected: number;
}

interface Open<Row extends BundledNeed> {
  readonly pairs: Float64Array;
  readonly place: string;
  readonly members: BundleMember<Row>[];
}

/** As many as a proposal may answer, and few enough words to be read at a glance. */
const MOST_MEMBERS = 200;
const MOST_WORDS = 5;

/**
 * Words of asking, feeling and time that residents put into any request, so that sharing them says nothing. Ours, read
 * off the sample's needs; words of grammar are left out of every text already (`search/dictionary.ts`).
 */
const WEAK_WORDS: ReadonlySet<string> = new Set(
  `希望 盼望 盼着 期望 期待 想要 需要 请求 请问 建议 反映 要求 麻烦 帮忙 帮助 解决 尽快 尽早 及时 能够 可以 能否 是否 可能 应该 必须
   没有 不能 不够 不便 不方便 不好 很多 许多 有些 有的 一些 一个 几个 几户 部分 大家 我们 他们 居民 群众 业主 小区 社区 目前 现在
   最近 近期 已经 一直 经常 有时 每天 每次 以后 之后 的话 比较 非常 特别 严重 问题 情况 示例`.split(/\s+/),
);

/**
 * Suggests bundles within a community and a category, in the order of the needs given: each joins the bundle whose
 * oldest need it resembles most in wording, if that is enough, else one at its own place; else it begins a new one.
 * Bundles of one are no suggestion. The biggest come first.
 */
export function suggestBundles<Row extends BundledNeed>(needs: readonly Row[], atLeastPercent: number): Bundle<Row>[] {
  const blocks = new Map<string, Open<Row>[]>();
  for (const need of needs) {
    const block = `${need.communityId}/${need.category}`;
    const bundles = blocks.get(block) ?? [];
    blocks.set(block, bundles);
    const pairs = pairsOf(lettersOf(need.publicText ?? ''));
    const place = lettersOf(need.place ?? '');
    const [best] = bundles
      .filter((bundle) => bundle.members.length < MOST_MEMBERS)
      .map((bundle) => ({ bundle, percent: likeness(bundle.pairs, pairs), samePlace: place !== '' && bundle.place === place }))
      .filter(({ percent, samePlace }) => percent >= atLeastPercent || samePlace)
      .sort((a, b) => b.percent - a.percent || Number(b.samePlace) - Number(a.samePlace));
    if (best) best.bundle.members.push({ need, percent: best.percent, samePlace: best.samePlace });
    else bundles.push({ pairs, place, members: [{ need, percent: 100, samePlace: true }] });
  }
  return [...blocks.values()]
    .flat()
    .filter(({ members }) => members.length > 1)
    .map(({ members }) => bundleOf(members))
    .sort((a, b) => b.members.length - a.members.length);
}

function bundleOf<Row extends BundledNeed>(members: readonly BundleMember<Row>[]): Bundle<Row> {
  const { communityId, category } = members[0]!.need;
  const counts = new Map<string, number>();
  for (const { need } of members) for (const word of need.words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const sharedWords = [...counts]
    .filter(([word, count]) => count > 1 && count * 2 >= members.length && [...word].length > 1 && !WEAK_WORDS.has(word))
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([word]) => word)
    .slice(0, MOST_WORDS);
  const peopleAffected = members.reduce((sum, { need }) => sum + need.peopleAffected, 0);
  return { communityId, category, members, sharedWords, peopleAffected };
}
