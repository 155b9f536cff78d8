const MONTHS_OF_QUARTER = 3;
const QUARTERS_OF_YEAR = 4;

/** `2026Q4`, of a day `2026-10-20`. */
export function quarterOf(day: string): string {
  return `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / MONTHS_OF_QUARTER)}`;
}

/** So many quarters later; before it with a negative number. */
export function quartersLater(quarter: string, count: number): string {
  const at = Number(quarter.slice(0, 4)) * QUARTERS_OF_YEAR + Number(quarter.slice(5)) - 1 + count;
  return `${Math.floor(at / QUARTERS_OF_YEAR)}Q${(at % QUARTERS_OF_YEAR) + 1}`;
}

/** So many quarters up to and including the one, oldest first. */
export function quartersUpTo(quarter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => quartersLater(quarter, index - count + 1));
}
