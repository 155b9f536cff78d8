/**
 * The connection ended under a transaction. Whether its COMMIT arrived is unknown: only what is idempotent may be
 * tried again. The driver itself then speaks of a released runner, which says nothing about the cause.
 */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';

  constructor(cause: unknown) {
    super('the database connection ended under a transaction', { cause });
  }
}
