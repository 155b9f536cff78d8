import { isInstant, shanghaiMinute } from './time.ts';

/** What a user reads, in both languages; `{name}` is filled from the refusal's or message's params. */
export type Texts = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

export type Language = 'zh' | 'en';

/** Instants are written as people in China read them: 2026-10-20 14:30. */
export function fill(text: string, params: Readonly<Record<string, string | number | boolean>>): string {
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => (name in params ? written(params[name]!) : slot));
}

/** Says the text of a key, filled. */
export type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** A key without a text is said as it is. */
export function sayIn(texts: Texts, language: Language): Say {
  return (key, params = {}) => fill(texts[key]?.[language] ?? key, params);
}

function written(value: string | number | boolean): string {
  return typeof value === 'string' && isInstant(value) ? shanghaiMinute(value) : String(value);
}
