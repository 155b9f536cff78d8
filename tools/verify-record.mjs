#!/usr/bin/env node
// Proves a tenant's record, or names the first thing that is wrong with it:
//   npm run audit:verify -- record.ndjson [--anchors anchors.json] [--json]       an export (GET /api/v1/audit-record)
//   npm run audit:verify -- postgres://AUDITOR@HOST/cobuild --tenant T [--anchors anchors.json] [--json]
// Shares no code with the product: Node, and for a database the driver `pg`. `anchors.json` is an own copy of
// GET /api/v1/public/anchors?tenant=T; without it nobody notices that an end was cut off and signed anew.
// Exit code 0 = proved, 1 = not, 2 = unreadable.
//
// 1. Rows     each sealed leaf is SHA-256(00 ‖ kind/key ‖ 0A ‖ bytes) of the row in its place; columns say what the bytes say
// 2. Blocks   root = Merkle tree (RFC 6962) of the leaves; hash = SHA-256(number ‖ prev ‖ root ‖ count)
// 3. Chain    numbers without a gap, each block on the hash of the one before, no transaction between two blocks
//             rows whose term is over may be gone: a sealed row of the record names the blocks, with a digest of the leaves
// 4. Anchors  Ed25519 signatures of known keys over day, block and hash; every anchored block is there as it was
import { createPublicKey, hash, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const problems = [];
const fail = (check, block, row, detail) => problems.push({ check, block, ...(row && { row }), ...(detail && { detail }) });
const sha256 = (...parts) => hash('sha256', parts.length === 1 ? parts[0] : Buffer.concat(parts.map((part) => Buffer.from(part))), 'buffer');
const hex = (bytes) => bytes.toString('hex');
const HASH = 32;
const ZERO = Buffer.alloc(HASH);

function whole(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** Leaves and what is made of them lie side by side in one buffer. */
function rootOf(leaves) {
  const pair = Buffer.alloc(1 + 2 * HASH, 1);
  let level = Buffer.from(leaves);
  while (level.length > HASH) {
    let to = 0;
    for (let at = 0; at < level.length; at += 2 * HASH) {
      if (at + HASH < level.length) {
        level.copy(pair, 1, at, at + 2 * HASH);
        level.latin1Write(hash('sha256', pair, 'latin1'), to);
      } else level.copy(level, to, at);
      to += HASH;
    }
    level = level.subarray(0, to);
  }
  return level.length === 0 ? ZERO : level;
}

/** Forged bytes need not be JSON. */
function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

const read = (bytes) => parsed(bytes.toString('utf8'));

/** 00 ‖ kind/key ‖ 0A ‖ bytes, one row after the other: a buffer for each would cost more than its hash. */
const leaf = { buffer: Buffer.alloc(1 << 16), begin: 0, end: 0 };

function fillLeaf(name, from, begin, end) {
  const most = 2 + 3 * name.length + end - begin;
  if (leaf.buffer.length < most) leaf.buffer = Buffer.alloc(2 * most);
  leaf.begin = 1 + leaf.buffer.utf8Write(name, 1);
  leaf.buffer[leaf.begin] = 0x0a;
  leaf.begin += 1;
  from.copy(leaf.buffer, leaf.begin, begin, end);
  leaf.end = leaf.begin + end - begin;
}

/** Hashes are strings of 32 letters, one for each byte, until they are shown. */
const digestOf = (begin) => hash('sha256', leaf.buffer.subarray(begin, leaf.end), 'latin1');

/** A row as the chain needs it. Its bytes are kept only where they explain why others are gone. */
function sealedRow(kind, key, from, begin = 0, end = from.length) {
  const name = `${kind}/${key}`;
  fillLeaf(name, from, begin, end);
  leaf.buffer[0] = 0;
  const row = { kind, key, name, leaf: digestOf(0) };
  if (kind === 'audit' && leaf.buffer.subarray(leaf.begin, leaf.end).includes(ROWS_REMOVED)) row.bytes = Buffer.from(from.subarray(begin, end));
  return row;
}

/** Of the row that was sealed last: the hash that stands beside its bytes. */
const ownHash = {
  audit: () => {
    leaf.buffer[leaf.begin - 1] = 0;
    return digestOf(leaf.begin - 1);
  },
  journal: () => digestOf(leaf.begin),
};

/** Where letters of two units of UTF-16 may stand, their order is not the one of the bytes. */
const ASTRAL = /[\ud800-\uffff]/;

function comesBefore(a, b) {
  if (a.kind !== b.kind) return a.kind < b.kind;
  if (ASTRAL.test(a.key) || ASTRAL.test(b.key)) return Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)) < 0;
  return a.key < b.key;
}

/** Answers the leaves whose rows are gone, and what that is called unless it is explained later. */
function checkRows(block, rows) {
  const found = Buffer.allocUnsafe(rows.length * HASH);
  for (let at = 0; at < rows.length; at += 1) {
    found.latin1Write(rows[at].leaf, at * HASH);
    if (at > 0 && !comesBefore(rows[at - 1], rows[at])) fail('rowOutOfOrder', block.number, rows[at].name);
    // What stands in columns beside the bytes is read by pages and lists: a forger might change it alone.
    for (const column of rows[at].changed ?? []) fail('columnChanged', block.number, rows[at].name, column);
  }
  if (block.leaves.length !== block.count * HASH) fail('leavesChanged', block.number);
  return found.equals(block.leaves) ? undefined : nameRows(block, rows, found);
}

function nameRows(block, rows, bytes) {
  const split = (leaves) => Array.from({ length: leaves.length / HASH }, (_, at) => hex(leaves.subarray(at * HASH, (at + 1) * HASH)));
  const [sealed, found] = [split(block.leaves), split(bytes)];
  const places = new Map(sealed.map((leaf, at) => [leaf, at]));
  const present = new Set(found);
  const strange = rows.filter((_, at) => !places.has(found[at]));
  const missing = sealed.filter((leaf) => !present.has(leaf));
  // A changed row is strange and leaves its leaf without a row; beyond that rows were added or taken away.
  strange.forEach((row, at) => fail(at < missing.length ? 'rowChanged' : 'rowAdded', block.number, row.name));
  const gone = missing.slice(strange.length);
  const details = gone.map((leaf) => {
    const before = rows[found.findLastIndex((other) => places.get(other) < places.get(leaf))];
    return before ? `after ${before.name}` : 'at its beginning';
  });
  return gone.length > 0 ? { leaves: gone, details } : undefined;
}

class Chain {
  constructor(tenant) {
    this.hash = sha256(`cobuild.record/1\n${tenant}`);
    this.number = 0;
    this.rows = 0;
    this.hashes = new Map();
    /** By block: rows that are gone. */
    this.gaps = new Map();
    /** What sealed rows say to have gone because its term was over. */
    this.removals = [];
    this.removed = 0;
  }

  add(block, rows) {
    const { number } = block;
    if (number !== this.number + 1) fail('blockMissing', this.number + 1, undefined, `${number} follows ${this.number}`);
    if (!block.prev.equals(this.hash)) fail('chainBroken', number);
    if (block.fromXid !== undefined && block.fromXid !== (this.untilXid ?? '0')) fail('rangeBroken', number);
    const gap = checkRows(block, rows);
    if (gap) this.gaps.set(number, gap);
    for (const row of rows) if (row.bytes) this.noteRemoval(number, row);
    if (!rootOf(block.leaves).equals(block.root)) fail('rootChanged', number);
    if (!sha256(whole(number), block.prev, block.root, whole(block.count)).equals(block.hash)) fail('hashChanged', number);
    this.number = number;
    this.hash = block.hash;
    this.untilXid = block.untilXid;
    this.rows += rows.length;
    this.hashes.set(number, hex(block.hash));
  }

  noteRemoval(number, row) {
    const { action, outcome, changes, at } = read(row.bytes);
    if (action === ROWS_REMOVED && outcome === 'done') this.removals.push({ ...changes, at, block: number, row: row.name });
  }

  /** `dayOf(block)`: when it was anchored first, so far as that can be known. What no removal explains is missing. */
  explainGaps(dayOf) {
    for (const removal of this.removals) {
      const blocks = [];
      // Forged numbers may be anything.
      for (let number = Math.max(1, removal.from); number <= Math.min(removal.until, this.number); number += 1) if (this.gaps.has(number)) blocks.push(number);
      const leaves = blocks.flatMap((number) => this.gaps.get(number).leaves);
      if (leaves.length !== removal.removed || hex(sha256(Buffer.from(leaves.join(''), 'hex'))) !== removal.digest) {
        fail('removalDiffers', removal.block, removal.row, `blocks ${removal.from} to ${removal.until}`);
        continue;
      }
      const [sealed, said] = [dayOf(removal.until), dayOf(removal.block) ?? String(removal.at).slice(0, 10)];
      if (sealed !== undefined && (Date.parse(said) - Date.parse(sealed)) / DAY_MS < KEPT_DAYS) {
        fail('removedTooEarly', removal.block, removal.row, `blocks ${removal.from} to ${removal.until}, anchored on ${sealed}`);
      }
      this.removed += leaves.length;
      for (const number of blocks) this.gaps.delete(number);
    }
    for (const [number, { details }] of this.gaps) for (const detail of details) fail('rowMissing', number, undefined, detail);
  }
}

const ROWS_REMOVED = 'audit.rowsRemoved';
const DAY_MS = 86_400_000;
/** Six months, which the law asks for at least, give or take the length of months and the day until the anchor. */
const KEPT_DAYS = 180;

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function checkAnchor({ statement, signature, key }, keys, chain, tenant) {
  const said = read(statement);
  const known = keys.find(({ id }) => id === key);
  if (said.format !== 'cobuild.anchor/1' || said.tenant !== tenant || said.key !== key) fail('anchorForeign', said.block, said.day);
  if (!known) return void fail('anchorKeyUnknown', said.block, said.day, key);
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(known.key, 'hex')]), format: 'der', type: 'spki' });
  if (!verify(null, Buffer.from(statement), publicKey, Buffer.from(signature, 'hex'))) return void fail('anchorForged', said.block, said.day);
  const hash = chain.hashes.get(said.block);
  if (hash === undefined) fail('blockMissing', said.block, undefined, `anchored on ${said.day}`);
  else if (hash !== said.hash) fail('anchorDiffers', said.block, undefined, `anchored on ${said.day}`);
  else return said;
}

async function fromFile(path) {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  let chain;
  let header;
  let block;
  let rows = [];
  let end;
  const anchors = [];
  const close = () => block && chain.add(block, rows);
  for await (const text of lines) {
    const item = JSON.parse(text);
    if (!header) {
      if (item.format !== 'cobuild.record/1') throw new Error('not a cobuild.record/1 file');
      header = item;
      chain = new Chain(item.tenant);
    } else if (item.block) {
      close();
      const bytes = (name) => Buffer.from(item.block[name], 'hex');
      block = { ...item.block, prev: bytes('prev'), root: bytes('root'), hash: bytes('hash'), leaves: bytes('leaves') };
      rows = [];
    } else if (item.anchor) anchors.push(item.anchor);
    else if (item.end) end = item.end;
    else rows.push(sealedRow(item.kind, item.key, Buffer.from(item.bytes, 'base64')));
  }
  if (!header) throw new Error('the file is empty');
  close();
  if (!end || end.blocks !== chain.number) fail('fileCutOff', chain.number + 1);
  return { chain, tenant: header.tenant, keys: header.keys, anchors, unsealed: undefined };
}

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

async function fromDatabase(url, tenant) {
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

function optionsFrom(args) {
  const options = { json: false };
  for (let at = 0; at < args.length; at += 1) {
    if (args[at] === '--json') options.json = true;
    else if (args[at] === '--tenant') options.tenant = args[(at += 1)];
    else if (args[at] === '--anchors') options.anchors = args[(at += 1)];
    else if (options.source === undefined && !args[at].startsWith('--')) options.source = args[at];
    else throw new Error(`unknown option ${args[at]}`);
  }
  if (!options.source) throw new Error('usage: npm run audit:verify -- record.ndjson | postgres://… --tenant T [--anchors FILE] [--json]');
  return options;
}

try {
  const begun = performance.now();
  const { source, tenant, anchors: copy, json } = optionsFrom(process.argv.slice(2));
  const isDatabase = /^postgres(ql)?:/.test(source);
  if (isDatabase && !tenant) throw new Error('a database holds many tenants: --tenant says which');
  const record = await (isDatabase ? fromDatabase(source, tenant) : fromFile(source));
  const own = copy === undefined ? undefined : JSON.parse(readFileSync(copy, 'utf8'));
  const keys = own?.keys ?? record.keys;
  const checked = [...(own?.anchors ?? []), ...record.anchors];
  const days = [];
  if (keys) {
    for (const anchor of checked) {
      const { block, day } = checkAnchor(anchor, keys, record.chain, record.tenant) ?? {};
      if (block !== undefined) days.push({ block, day });
    }
  }
  days.sort((a, b) => (a.day < b.day ? -1 : 1));
  record.chain.explainGaps((number) => days.find(({ block }) => block >= number)?.day);
  problems.sort((a, b) => (a.block ?? 0) - (b.block ?? 0));
  const seconds = Math.round((performance.now() - begun) / 10) / 100;
  const result = {
    tenant: record.tenant,
    proved: problems.length === 0,
    blocks: record.chain.number,
    rows: record.chain.rows,
    ...(record.chain.removed > 0 && { removed: record.chain.removed }),
    anchors: keys ? checked.length : 0,
    ownAnchors: own?.anchors.length ?? 0,
    ...(record.unsealed !== undefined && { unsealed: record.unsealed }),
    problems: problems.slice(0, 20),
    more: Math.max(0, problems.length - 20),
    seconds,
  };
  if (!json) {
    for (const { check, block, row, detail } of result.problems) console.log(`block ${block}: ${[check, row, detail].filter(Boolean).join(' · ')}`);
    console.log(result.proved ? `proved: ${result.rows} rows in ${result.blocks} blocks, ${result.anchors} anchors${result.removed ? `; ${result.removed} rows are gone because their term was over` : ''}` : 'NOT proved; first of all see the first line');
    if (!keys) console.log('signatures were not checked: give an own copy of the published anchors (--anchors)');
  }
  console.log(JSON.stringify(result));
  process.exitCode = result.proved ? 0 : 1;
} catch (error) {
  console.error(`unreadable: ${error.message}`);
  process.exitCode = 2;
}
