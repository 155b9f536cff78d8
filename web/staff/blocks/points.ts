const POINTS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const HUNDREDTHS = 100;

/** 87 · 14.5, from the API's hundredths of points. */
export function points(hundredths: number): string {
  return POINTS.format(hundredths / HUNDREDTHS);
}
