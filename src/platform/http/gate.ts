import type { TenantId } from '../../kernel/scope.ts';

/** The guard's port to whatever may close the whole system to commands. */
export interface Gate {
  /** `tenant` is undefined for the public. Throws a `Refusal` while commands are not taken. */
  assertOpen(tenant: TenantId | undefined): Promise<void>;
}

export const ALWAYS_OPEN: Gate = { assertOpen: () => Promise.resolve() };
