/**
 * Name of the database constraint that an error of a statement reports, so that a store can answer with its own
 * refusal. Triggers of our migrations name theirs by `RAISE … USING CONSTRAINT`.
 */
export function violatedConstraint(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('driverError' in error)) return undefined;
  const driverError = error.driverError as { readonly constraint?: unknown } | null;
  return typeof driverError?.constraint === 'string' ? driverError.constraint : undefined;
}
