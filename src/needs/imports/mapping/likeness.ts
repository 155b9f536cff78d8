/** Below this a heading is not taken for a field, even as a suggestion. */
export const NOT_LIKE = 0.5;

/** A question without its number, its type and its politeness: `3、您所在的社区：[单选题]` asks for 社区. */
function core(question: string): string {
  return question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\[[^\]]*\]|\([^)]*\)|【[^】]*】/g, '')
    .replace(/[\s*:?_"“”-]+/g, '')
    .replace(/^(q?\d+[、.)]?)+/, '')
    .replace(/^(请问|请选择|请填写|请描述|请简述|请输入|请留下|本次|您|你|所在|居住|所属|目前|最|希望|想要|反映|的|哪个|哪类)+/, '');
}

function pairsOf(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(text.length - 1, 0) }, (_, index) => text.slice(index, index + 2)));
}

/** 0 … 1: how much a heading looks like one of these names. */
export function likeness(heading: string, names: readonly string[]): number {
  const asked = core(heading);
  return names.reduce((best, name) => Math.max(best, one(asked, core(name))), 0);
}

function one(asked: string, name: string): number {
  if (asked.length < 2 || name.length < 2) return 0;
  if (asked === name) return 0.95;
  const [short, long] = asked.length < name.length ? [asked, name] : [name, asked];
  if (long.includes(short)) return 0.55 + 0.35 * (short.length / long.length);
  const [a, b] = [pairsOf(asked), pairsOf(name)];
  const common = [...a].filter((pair) => b.has(pair)).length;
  return (0.9 * 2 * common) / (a.size + b.size);
}
