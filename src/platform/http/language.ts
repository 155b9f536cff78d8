import type { Language } from '../../kernel/texts.ts';

/** The reader's language by `Accept-Language` (RFC 9110 §12.5.4); Chinese where nothing fits. */
export function languageOf(header: string | undefined): Language {
  const wishes = (header ?? '').split(',').flatMap((part) => {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = Number(parameters.map((it) => /^\s*q=([\d.]+)$/.exec(it)?.[1]).find(Boolean) ?? 1);
    const language = /^(zh|en)\b/.exec(range)?.[1] as Language | undefined;
    return language && weight > 0 ? [{ language, weight }] : [];
  });
  const [best] = wishes.sort((a, b) => b.weight - a.weight);
  return best?.language ?? 'zh';
}
