import { exactMoney } from '../../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { hoursOf, type Book } from './amounts.ts';
import { texts } from './texts.ts';

/** 5,000.00元 · 12小时 */
export function useAmountText(): (book: Book, amount: number) => string {
  const t = useTexts(texts);
  const language = useLanguage();
  return (book, amount) => (book === 'hours' ? t('hours', { count: hoursOf(amount) }) : exactMoney(amount, language));
}
