import { fenOf } from '../../../blocks/form/amounts.ts';

export type Book = 'money' | 'inKind' | 'hours';

export const BOOKS: readonly Book[] = ['money', 'inKind', 'hours'];

const MINUTES = 60;
const HUNDREDTHS = 100;

/** As the ledger counts: fen, or minutes of hours with at most two decimals; undefined where nothing above 0 was typed. */
export function amountOf(book: Book, typed: string): number | undefined {
  const hundredths = fenOf(typed);
  if (hundredths === undefined) return undefined;
  const amount = book === 'hours' ? Math.round((hundredths * MINUTES) / HUNDREDTHS) : hundredths;
  return amount > 0 ? amount : undefined;
}

export function hoursOf(minutes: number): number {
  return Math.round((minutes * HUNDREDTHS) / MINUTES) / HUNDREDTHS;
}
