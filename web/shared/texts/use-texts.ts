import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { i18n, languageNow, type Catalogue } from './i18n.ts';
import type { Language } from './language.ts';

export type Say<Key extends string> = (key: Key, params?: Readonly<Record<string, string | number>>) => string;

/** The texts of a catalogue in the reader's language; a key that it does not have is a type error. */
export function useTexts<Key extends string>(catalogue: Catalogue<Key>): Say<Key> {
  const { t } = useTranslation(catalogue.namespace, { i18n });
  return useMemo(() => (key, params) => t(key, { ...params }), [t]);
}

export function useLanguage(): Language {
  useTranslation(undefined, { i18n });
  return languageNow();
}

/** Outside of components. */
export function say<Key extends string>(catalogue: Catalogue<Key>, key: Key, params?: Readonly<Record<string, string | number>>): string {
  return i18n.t(key, { ns: catalogue.namespace, ...params });
}
