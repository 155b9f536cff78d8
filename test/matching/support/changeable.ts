/** The same shape, open to tampering. */
export type Changeable<T> = T extends object ? { -readonly [K in keyof T]: Changeable<T[K]> } : T;
