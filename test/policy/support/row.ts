import type { Policies, PolicyKind, Scalar } from '../../../src/policy/model.ts';

/** One value of a pack: what it is changed to, and what that changes. */
export interface Row<Kind extends PolicyKind, Value = Scalar> {
  readonly to: Value;
  /** In words, what the outcome is. */
  readonly outcome: string;
  readonly of: (values: Policies[Kind]) => unknown;
  /** Under the built-in pack, and with the one value changed. */
  readonly becomes: readonly [before: unknown, after: unknown];
}

export type Rows<Kind extends PolicyKind> = { readonly [Name in keyof Policies[Kind]]: Row<Kind, Policies[Kind][Name]> };
