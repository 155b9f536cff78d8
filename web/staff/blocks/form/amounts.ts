const FEN_PER_YUAN = 100;

/** Whole fen of an amount typed in yuan, `1,234.50`; undefined where it is none. */
export function fenOf(typed: string): number | undefined {
  const plain = typed.normalize('NFKC').replace(/[,\s]/g, '');
  return /^\d{1,11}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * FEN_PER_YUAN) : undefined;
}

/** As it is typed: `1234.50`. */
export function typedYuan(fen: number): string {
  return (fen / FEN_PER_YUAN).toFixed(fen % FEN_PER_YUAN === 0 ? 0 : 2);
}

/** A whole number from 0 as typed; undefined where it is none. */
export function wholeOf(typed: string): number | undefined {
  const plain = typed.normalize('NFKC').replace(/[,\s]/g, '');
  return /^\d{1,9}$/.test(plain) ? Number(plain) : undefined;
}
