/** Filters and sort of a list under a name, as one person keeps them. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** Values of the filters by key, as in the page's address. */
  readonly query: Readonly<Record<string, string>>;
}
