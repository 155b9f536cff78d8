export type Language = 'zh-CN' | 'en';

const KEY = 'cobuild.language';

/** What the reader chose; before that Chinese, unless the browser asks for English first. */
export function initialLanguage(): Language {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'zh-CN' || chosen === 'en') return chosen;
  return navigator.language.startsWith('en') ? 'en' : 'zh-CN';
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  document.documentElement.lang = language;
}
