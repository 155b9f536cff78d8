import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { initialLanguage, rememberLanguage, type Language } from './language.ts';

/** Both languages of one text. An object holds English plural forms; `{{count}}` chooses among them. */
export type Text = { readonly zh: string; readonly en: string | { readonly one: string; readonly other: string } };

export interface Catalogue<Key extends string> {
  readonly namespace: string;
  readonly keys: readonly Key[];
}

export const i18n = i18next.createInstance();

/** Before the first render; catalogues may have been defined earlier. */
export function startTexts(): void {
  const language = initialLanguage();
  rememberLanguage(language);
  void i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    // Keys are whole: a dot or colon in one separates nothing.
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    resources: pending,
    returnNull: false,
  });
}

export function languageNow(): Language {
  return i18n.language === 'en' ? 'en' : 'zh-CN';
}

export async function changeLanguage(language: Language): Promise<void> {
  rememberLanguage(language);
  await i18n.changeLanguage(language);
}

const pending: Record<Language, Record<string, Record<string, string>>> = { 'zh-CN': {}, en: {} };

/**
 * The texts of one folder, in its `texts.ts`; `namespace` is the folder's path. They come with the chunk of the page that
 * imports them.
 */
export function defineTexts<Key extends string>(namespace: string, texts: Readonly<Record<Key, Text>>): Catalogue<Key> {
  const zh: Record<string, string> = {};
  const en: Record<string, string> = {};
  for (const [key, text] of Object.entries<Text>(texts)) {
    zh[key] = text.zh;
    if (typeof text.en === 'string') en[key] = text.en;
    else {
      en[`${key}_one`] = text.en.one;
      en[`${key}_other`] = text.en.other;
    }
  }
  if (i18n.isInitialized) {
    i18n.addResourceBundle('zh-CN', namespace, zh);
    i18n.addResourceBundle('en', namespace, en);
  } else {
    pending['zh-CN'][namespace] = zh;
    pending.en[namespace] = en;
  }
  return { namespace, keys: Object.keys(texts) as Key[] };
}
