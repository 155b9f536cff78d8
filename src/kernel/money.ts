import { refuse } from './refusal.ts';

/** Renminbi in fen (1/100 yuan), a safe integer. */
export type Fen = number & { readonly __fen: unique symbol };

/** Refuses `MONEY_INVALID` for fractions, NaN and what a double cannot count exactly. */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) refuse('MONEY_INVALID', 'invalid');
  return value as Fen;
}

export const NO_FEN = 0 as Fen;

export function addFen(...parts: readonly Fen[]): Fen {
  return fen(parts.reduce((sum, part) => sum + part, 0));
}

/** Whole percent of an amount, rounded down to the fen: a share never exceeds its whole. */
export function percentOf(amount: Fen, percent: number): Fen {
  return fen(Math.floor((amount * percent) / 100));
}
