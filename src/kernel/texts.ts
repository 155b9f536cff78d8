/** What a user reads, in both languages; `{name}` is filled from the refusal's or message's params. */
export type Texts = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

export type Language = 'zh' | 'en';

export function fill(text: string, params: Readonly<Record<string, string | number | boolean>>): string {
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => (name in params ? String(params[name]) : slot));
}
