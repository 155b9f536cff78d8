import { IdempotencyKey } from './platform/http/entities.ts';
import { IdempotencyKey1763800000010 } from './platform/http/migrations/202611222100-idempotency-key.ts';

/** Every table's entity and every migration, in the order of the areas; each area adds its own lines. */
export const entities: Function[] = [IdempotencyKey];

export const migrations: Function[] = [IdempotencyKey1763800000010];
