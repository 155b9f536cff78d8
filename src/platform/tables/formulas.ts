/** What spreadsheet programs take for the beginning of a formula, also in its full-width form. */
const STARTERS = /^[=+\-@\t\r＝＋－＠]/;
const PHONE_OR_NUMBER = /^[+\-＋－][\d\s().,%-]+$/;

/** Text that a spreadsheet program would run when someone opens it as CSV. */
export function startsLikeFormula(text: string): boolean {
  return STARTERS.test(text);
}

/** The same in a file that comes in, where `+86 138…` and `-3` are what people write. */
export function isFormulaText(text: string): boolean {
  return startsLikeFormula(text) && !PHONE_OR_NUMBER.test(text);
}
