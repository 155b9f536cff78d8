import { contentOf, valuesOf, type PinnedPolicy, type Policies, type PolicyKind } from '../../src/policy/model.ts';
import { builtInPacks } from '../../src/policy/packs/built-in.ts';

/** The product's own first version of a pack, with some values changed. */
export function pinnedDefault<Kind extends PolicyKind>(kind: Kind, changed: Partial<Policies[Kind]> = {}): PinnedPolicy<Kind> {
  const values = { ...valuesOf<Kind>(contentOf<Kind>(builtInPacks[kind])), ...changed };
  return { kind, version: 1, hash: 'default', values };
}
