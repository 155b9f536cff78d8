import type { RefusalKind } from '../../kernel/refusal.ts';
import { ConnectionLost } from '../database/lost.ts';

interface DatabaseFailure {
  readonly kind: RefusalKind;
  readonly code: string;
  readonly defect: boolean;
}

interface DriverTraits {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly driverError?: DriverTraits;
  readonly errors?: readonly unknown[];
}

const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;
const SQLSTATE = /^[0-9A-Z]{5}$/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN']);

/** The driver reports a lost connection in words only (pg 8). */
const LOST = /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error)/;

const UNAVAILABLE: DatabaseFailure = { kind: 'unavailable', code: 'ENGINE_UNAVAILABLE', defect: false };
const RIVAL: DatabaseFailure = { kind: 'unavailable', code: 'RIVAL_CHANGE', defect: false };

/** By SQLSTATE (PostgreSQL 18, appendix A); the rest is a defect. */
function bySqlState(state: string, message: string): DatabaseFailure | undefined {
  if (state === '23505') return { kind: 'state', code: 'DUPLICATE', defect: false };
  if (state === '23503') return { kind: 'state', code: 'REFERENCE_BROKEN', defect: false };
  // A trigger refuses with RAISE EXCEPTION 'AREA_REASON'.
  if (state === 'P0001' && CODE.test(message)) return { kind: 'rule', code: message, defect: false };
  // Schemas and rules should have said no before a constraint does.
  if (state === '23514' || state === '23502') return { kind: 'rule', code: 'CONSTRAINT_BROKEN', defect: true };
  if (state.startsWith('22')) return { kind: 'invalid', code: 'VALUE_UNUSABLE', defect: true };
  // Row-level security or a missing right said no.
  if (state === '42501') return { kind: 'forbidden', code: 'FORBIDDEN', defect: true };
  if (state === '40001' || state === '40P01' || state === '55P03') return RIVAL;
  // 57P01–03 shutdown, 57014 and 25P03–04 time limits, 53 resources, 08 connection, 3D and 28 a database being set up
  if (/^(08|28|3D|53|57)/.test(state) || state === '25P03' || state === '25P04') return UNAVAILABLE;
  return undefined;
}

/** What an error of the driver, wrapped or not, means to the client; undefined if it is none. */
export function databaseFailure(error: unknown): DatabaseFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof ConnectionLost) return UNAVAILABLE;
  const outer = error as DriverTraits;
  const traits = outer.driverError ?? outer;
  const message = String(traits.message ?? '');
  const code = typeof traits.code === 'string' ? traits.code : '';
  if (NETWORK.has(code) || LOST.test(message)) return UNAVAILABLE;
  if (error instanceof AggregateError && error.errors.some((part) => databaseFailure(part) === UNAVAILABLE)) return UNAVAILABLE;
  return SQLSTATE.test(code) ? bySqlState(code, message) : undefined;
}
