import type { PolicyScalar } from '../../blocks/policy-words.ts';

const FEN_PER_YUAN = 100;

/** As a person types it: money in yuan, a row of numbers with 、 between. */
export function typedOf(value: PolicyScalar, unit: string): string {
  if (typeof value === 'object') return value.join('、');
  if (unit === 'fen' && typeof value === 'number') return String(value / FEN_PER_YUAN);
  return String(value);
}

/** Back into a value of the same kind as the one before; undefined where it is none. */
export function scalarOf(typed: string, before: PolicyScalar, unit: string): PolicyScalar | undefined {
  const plain = typed.normalize('NFKC').trim();
  if (typeof before === 'boolean') return plain === 'true';
  if (typeof before === 'string') return plain === '' ? undefined : plain;
  if (typeof before === 'object') {
    const numbers = plain.split(/[\s,、;]+/).filter((it) => it !== '').map(wholeOf);
    return numbers.every((it) => it !== undefined) ? numbers : undefined;
  }
  if (unit !== 'fen') return wholeOf(plain);
  const yuan = plain.replaceAll(',', '');
  return /^\d{1,11}(\.\d{1,2})?$/.test(yuan) ? Math.round(Number(yuan) * FEN_PER_YUAN) : undefined;
}

function wholeOf(text: string): number | undefined {
  return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
}
