import { Chain } from './chain.mjs';
import { ownHash, parsed, sealedRow } from './rows.mjs';

/** What a row says in the bytes and in columns; nothing said is null. Answers the names of columns that say another thing. */
function differences(pairs) {
  const changed = [];
  for (let at = 0; at < pairs.length; at += 3) if ((pairs[at + 1] ?? null) !== (pairs[at + 2] ?? null)) changed.push(pairs[at]);
  return changed;
}

function auditDifferences(row, said) {
  const actor = said.actor ?? {};
  // prettier-ignore
  return differences([
    'id', row.key, said.id, 'at', row.at, said.at, 'actor', row.actor, actor.id, 'account_id', row.account_id, actor.account,
    'person_id', row.person_id, actor.person, 'on_behalf_of', row.on_behalf_of, actor.for, 'role', row.role, said.role,
    'action', row.action, said.action, 'subject', row.subject, said.subject, 'outcome', row.outcome, said.outcome,
    'case_version', row.case_version, said.caseVersion, 'command_id', row.command_id, said.commandId,
    'request_id', row.request_id, said.requestId, 'network', row.network, said.network, 'policy_hash', row.policy_hash, said.policyHash,
    'hash', row.hash, ownHash.audit(),
  ]);
}

function journalDifferences(row, said) {
  // prettier-ignore
  return differences([
    'at', row.at, said.at, 'version', row.version, said.version, 'command_id', row.command_id, said.commandId, 'type', row.type, said.type,
    'schema', row.schema, said.schema, 'hash', row.hash, ownHash.journal(),
  ]);
}

const text = (from, at, end) => from.utf8Slice(at, end);
const whole4 = (from, at) => from.readInt32BE(at);
const whole8 = (from, at) => from.readInt32BE(at) * 2 ** 32 + from.readUInt32BE(at + 4);
const letters = (from, at, end) => from.latin1Slice(at, end);
const YEAR_2000_MS = 946_684_800_000;

/** Microseconds since 2000 as they are written in the bytes. */
function instant(from, at) {
  const micros = whole8(from, at);
  const ms = Math.floor(micros / 1000);
  return `${new Date(YEAR_2000_MS + ms).toISOString().slice(0, -1)}${String(micros - ms * 1000).padStart(3, '0')}Z`;
}

/** How rows are read: a million of them in binary, since everything else costs more than the proof itself. */
const TABLES = [
  {
    kind: 'audit',
    table: 'audit_event',
    order: 'id',
    changed: auditDifferences,
    // prettier-ignore
    columns: [
      ['key', 'id::text', text], ['json', 'event_bytes', text], ['xid', 'xid', whole8], ['at', 'at', instant], ['actor', 'actor', text],
      ['account_id', 'account_id::text', text], ['person_id', 'person_id::text', text], ['on_behalf_of', 'on_behalf_of', text], ['role', 'role', text],
      ['action', 'action', text], ['subject', 'subject', text], ['outcome', 'outcome', text], ['case_version', 'case_version', whole4],
      ['command_id', 'command_id', text], ['request_id', 'request_id', text], ['network', 'network', text], ['policy_hash', 'policy_hash', text], ['hash', 'hash', letters],
    ],
  },
  {
    kind: 'journal',
    table: 'case_event',
    order: `(case_id || '/' || version) COLLATE "C"`,
    changed: journalDifferences,
    // prettier-ignore
    columns: [
      ['key', "case_id || '/' || version", text], ['json', 'event_bytes', text], ['xid', 'xid', whole8], ['at', 'at', instant], ['version', 'version', whole4],
      ['command_id', 'command_id', text], ['type', 'type', text], ['schema', 'schema', whole4], ['hash', 'hash', letters],
    ],
  },
  {
    kind: 'transfer',
    table: 'ledger_transfer',
    order: 'id',
    // prettier-ignore
    columns: [
      ['key', 'id::text', text], ['xid', 'xid', whole8], ['at', 'at', instant], ['command_id', 'command_id', text], ['ordinal', 'ordinal::text', text],
      ['transfer', 'kind', text], ['book', 'book', text], ['debit', 'debit_id::text', text], ['credit', 'credit_id::text', text], ['amount', 'amount::text', text],
      ['hold', 'hold_id::text', text], ['memo', 'memo', text],
    ],
    bytesOf: ({ command_id, ordinal, transfer, book, debit, credit, amount, hold, memo, at }) =>
      Buffer.from([command_id, ordinal, transfer, book, debit, credit, amount, hold ?? '-', memo, at].join('\n')),
  },
];

const COPY_HEADER = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');

/** A question whose answer comes in PostgreSQL's binary format, each tuple in a message of its own. */
class Copy {
  constructor(sql, onTuple, done) {
    this.sql = sql;
    this.onTuple = onTuple;
    this.done = done;
  }
  submit(connection) {
    connection.query(this.sql);
  }
  handleCopyData({ chunk }) {
    let at = 0;
    if (chunk.length >= COPY_HEADER.length && chunk.subarray(0, COPY_HEADER.length).equals(COPY_HEADER)) at = COPY_HEADER.length + 8 + chunk.readInt32BE(COPY_HEADER.length + 4);
    while (at < chunk.length && chunk.readInt16BE(at) >= 0) at = this.onTuple(chunk, at);
    if (at < chunk.length) at += 2;
  }
  handleCommandComplete() {}
  handleError(error) {
    this.error = error;
  }
  handleReadyForQuery() {
    this.done(this.error);
  }
}

/** Rows of one table whose transactions lie in a range, in the order of their keys. */
function rowsOf(client, { kind, table, columns, order, changed, bytesOf }, tenant, from, until) {
  const rows = [];
  const told = {};
  const onTuple = (chunk, begin) => {
    let at = begin + 2;
    let [first, last] = [0, 0];
    for (const [name, , decode] of columns) {
      const length = chunk.readInt32BE(at);
      at += 4;
      told[name] = length < 0 ? null : decode(chunk, at, at + length);
      if (name === 'json') [first, last] = [at, at + length];
      if (length > 0) at += length;
    }
    const row = bytesOf ? sealedRow(kind, told.key, bytesOf(told)) : sealedRow(kind, told.key, chunk, first, last);
    row.xid = told.xid;
    if (changed) {
      const wrong = changed(told, parsed(told.json));
      if (wrong.length > 0) row.changed = wrong;
    }
    rows.push(row);
    return at;
  };
  const selected = columns.map(([, expression]) => expression).join(', ');
  const sql = `COPY (SELECT ${selected} FROM ${table} WHERE tenant_id = ${client.escapeLiteral(tenant)} AND xid >= '${from}'::xid8 AND xid < '${until}'::xid8
    ORDER BY ${order}) TO STDOUT (FORMAT binary)`;
  return new Promise((resolve, reject) => client.query(new Copy(sql, onTuple, (error) => (error ? reject(error) : resolve(rows)))));
}

/** Asked for at once: blocks of an idle night hold a row or two each. */
const ROWS_AT_ONCE = 5000;
const BLOCKS_AT_ONCE = 1000;

/** Neighbouring blocks that are few rows together. */
function* groupsOf(blocks) {
  let group = [];
  let rows = 0;
  for (const block of blocks) {
    if (rows + block.count > ROWS_AT_ONCE && group.length > 0) {
      yield group;
      [group, rows] = [[], 0];
    }
    group.push(block);
    rows += block.count;
  }
  if (group.length > 0) yield group;
}

/** Each block's rows, all kinds one after the other; what lies between blocks belongs to none. */
function shared(blocks, rows) {
  const shares = blocks.map(() => []);
  const ends = blocks.map(({ untilXid }) => Number(untilXid));
  for (const row of rows) {
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (row.xid < ends[middle]) high = middle;
      else low = middle + 1;
    }
    if (row.xid >= Number(blocks[low].fromXid) && row.xid < ends[low]) shares[low].push(row);
  }
  return shares;
}

export async function fromDatabase(url, tenant) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, application_name: 'cobuild-verify' });
  await client.connect();
  try {
    // One snapshot for all of it: what is written and sealed meanwhile does not disturb.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const chain = new Chain(tenant);
    const rowsIn = async (blocks) => {
      const [from, until] = [blocks[0].fromXid, blocks.at(-1).untilXid];
      const rows = [];
      for (const table of TABLES) rows.push(await rowsOf(client, table, tenant, from, until));
      return shared(blocks, rows.flat());
    };
    for (let after = 0; ; ) {
      const found = await client.query(
        `SELECT number, prev, root, count, hash, leaves, from_xid::text AS "fromXid", until_xid::text AS "untilXid" FROM audit_block
          WHERE tenant_id = $1 AND number > $2 ORDER BY number LIMIT ${BLOCKS_AT_ONCE}`,
        [tenant, after],
      );
      if (found.rows.length === 0) break;
      const groups = [...groupsOf(found.rows)];
      // The server reads the next blocks' rows while these are hashed.
      let next = rowsIn(groups[0]);
      for (const [at, group] of groups.entries()) {
        const shares = await next;
        next = groups[at + 1] && rowsIn(groups[at + 1]);
        for (const [place, block] of group.entries()) chain.add(block, shares[place]);
      }
      after = found.rows.at(-1).number;
    }
    const anchors = await client.query(
      `SELECT convert_from(statement_bytes, 'UTF8') AS statement, encode(signature, 'hex') AS signature, key_id AS key
         FROM audit_anchor WHERE tenant_id = $1 ORDER BY day`,
      [tenant],
    );
    const left = await client.query('SELECT count(*)::int AS rows FROM audit_record WHERE tenant_id = $1 AND xid >= $2::xid8', [
      tenant,
      chain.untilXid ?? '0',
    ]);
    return { chain, tenant, keys: undefined, anchors: anchors.rows, unsealed: left.rows[0].rows };
  } finally {
    await client.end();
  }
}
