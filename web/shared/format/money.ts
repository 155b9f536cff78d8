import type { Language } from '../texts/language.ts';

const EXACT = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const WHOLE = new Intl.NumberFormat('en-US');
const FEN_PER_YUAN = 100;
const YUAN_PER_WAN = 10_000;

/** 1,541,000.00元 · CNY 1,541,000.00, from whole fen. */
export function exactMoney(fen: number, language: Language): string {
  const amount = EXACT.format(fen / FEN_PER_YUAN);
  return language === 'en' ? `CNY ${amount}` : `${amount}元`;
}

/** 154.10万元 · CNY 1,541,000.00: for overviews; below 10,000 yuan exact. */
export function roundMoney(fen: number, language: Language): string {
  const yuan = fen / FEN_PER_YUAN;
  if (language === 'en' || Math.abs(yuan) < YUAN_PER_WAN) return exactMoney(fen, language);
  return `${EXACT.format(yuan / YUAN_PER_WAN)}万元`;
}

export function wholeNumber(count: number): string {
  return WHOLE.format(count);
}
