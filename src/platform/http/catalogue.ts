/** Nest token of every area's texts: what is said is rendered in the reader's language when it is read. */
export const CATALOGUE = Symbol('CATALOGUE');
