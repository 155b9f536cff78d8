import pg from 'pg';
import { DataSource, type MixedList, type EntitySchema } from 'typeorm';
import type { Instant } from '../../kernel/time.ts';

const TIMESTAMPTZ = 1184;
const DATE = 1082;
const INT8 = 20;

/** Sessions run in UTC, so the server's text is `2026-10-20 16:00:00[.ffffff]+00`. */
function instantFromPostgres(text: string): Instant {
  const [whole = '', fraction = ''] = text.replace(/\+00$/, '').split('.');
  return `${whole.replace(' ', 'T')}.${fraction.padEnd(6, '0')}Z` as Instant;
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint column left the safe integers');
  return value;
}

/** Raw queries get instants and days as text and whole numbers as numbers; a Date would lose microseconds. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === TIMESTAMPTZ) return instantFromPostgres;
    if (oid === DATE) return (text: string) => text;
    if (oid === INT8) return safeInteger;
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  },
};

export interface SourceOptions {
  readonly url: string;
  /** Taken on at connect, e.g. `cobuild_owner` for migrations. */
  readonly role?: string;
  readonly poolSize: number;
  readonly applicationName: string;
  /** Ends a hanging transaction before its workflow task would time out, in ms. */
  readonly transactionTimeoutMs?: number;
  /** Gives up a connection that does not answer: the other end may be gone without a word, in ms. */
  readonly silenceMs?: number;
  readonly entities?: MixedList<Function | string | EntitySchema>;
  readonly migrations?: MixedList<Function | string>;
}

export function createSource(options: SourceOptions): DataSource {
  const settings = [
    '-c TimeZone=UTC',
    options.role ? `-c role=${options.role}` : '',
    options.transactionTimeoutMs ? `-c transaction_timeout=${options.transactionTimeoutMs}` : '',
  ];
  return new DataSource({
    type: 'postgres',
    url: options.url,
    applicationName: options.applicationName,
    poolSize: options.poolSize,
    installExtensions: false,
    entities: options.entities ?? [],
    migrations: options.migrations ?? [],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    extra: { types, options: settings.filter(Boolean).join(' '), connectionTimeoutMillis: 4000, keepAlive: true, pipeline: true, query_timeout: options.silenceMs ?? 0 },
  });
}
