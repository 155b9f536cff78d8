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
        hash('sha256', pair, 'buffer').copy(level, to);
      } else level.copy(level, to, at);
      to += HASH;
    }
    level = level.subarray(0, to);
  }
  return level.length === 0 ? ZERO : level;
}

/** Forged bytes need not be JSON. */
function read(bytes) {
  try {
    return JSON.parse(bytes.toString('utf8')) ?? {};
  } catch {
    return {};
  }
}

const nameOf = ({ kind, key }) => `${kind}/${key}`;

function leafOf({ kind, key, bytes }) {
  const name = `${kind}/${key}\n`;
  const length = Buffer.byteLength(name);
  const leaf = Buffer.allocUnsafe(1 + length + bytes.length);
  leaf[0] = 0;
  leaf.write(name, 1);
  bytes.copy(leaf, 1 + length);
  return hash('sha256', leaf, 'buffer');
}

/** Where letters of two units of UTF-16 may stand, their order is not the one of the bytes. */
const ASTRAL = /[\ud800-\uffff]/;

function comesBefore(a, b) {
  if (a.kind !== b.kind) return a.kind < b.kind;
  if (ASTRAL.test(a.key) || ASTRAL.test(b.key)) return Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)) < 0;
  return a.key < b.key;
}

/** What stands in columns beside the bytes is read by pages and lists: a forger might change it alone. */
function checkColumns(number, row) {
  for (const column of row.changed?.() ?? []) fail('columnChanged', number, nameOf(row), column);
}

/** Answers the leaves whose rows are gone, and what that is called unless it is explained later. */
function checkRows(block, rows) {
  const found = Buffer.allocUnsafe(rows.length * HASH);
  for (let at = 0; at < rows.length; at += 1) {
    leafOf(rows[at]).copy(found, at * HASH);
    if (at > 0 && !comesBefore(rows[at - 1], rows[at])) fail('rowOutOfOrder', block.number, nameOf(rows[at]));
    checkColumns(block.number, rows[at]);
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
  strange.forEach((row, at) => fail(at < missing.length ? 'rowChanged' : 'rowAdded', block.number, nameOf(row)));
  const gone = missing.slice(strange.length);
  const details = gone.map((leaf) => {
    const before = rows[found.findLastIndex((other) => places.get(other) < places.get(leaf))];
    return before ? `after ${nameOf(before)}` : 'at its beginning';
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
    for (const row of rows) if (row.kind === 'audit' && row.bytes.includes(ROWS_REMOVED)) this.noteRemoval(number, row);
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
    if (action === ROWS_REMOVED && outcome === 'done') this.removals.push({ ...changes, at, block: number, row: nameOf(row) });
  }

  /** `dayOf(block)`: when it was anchored first, so far as that can be known. What no removal explains is missing. */
  explainGaps(dayOf) {
    for (const removal of this.removals) {
      const blocks = [];
      // Forged numbers may be anything.
      for (let number = removal.from; number <= Math.min(removal.until, this.number); number += 1) if (this.gaps.has(number)) blocks.push(number);
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
    else rows.push({ kind: item.kind, key: item.key, bytes: Buffer.from(item.bytes, 'base64') });
  }
  if (!header) throw new Error('the file is empty');
  close();
  if (!end || end.blocks !== chain.number) fail('fileCutOff', chain.number + 1);
  return { chain, tenant: header.tenant, keys: header.keys, anchors, unsealed: undefined };
}

const UTC = `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Names of columns that say another thing than the bytes; nothing said is null. */
function differences(pairs) {
  const changed = [];
  for (let at = 0; at < pairs.length; at += 3) if ((pairs[at + 1] ?? null) !== (pairs[at + 2] ?? null)) changed.push(pairs[at]);
  return changed;
}

function auditDifferences(row) {
  const said = read(row.bytes);
  const actor = said.actor ?? {};
  // prettier-ignore
  return differences([
    'id', row.key, said.id, 'at', row.at, said.at, 'actor', row.actor, actor.id, 'account_id', row.account_id, actor.account,
    'person_id', row.person_id, actor.person, 'on_behalf_of', row.on_behalf_of, actor.for, 'role', row.role, said.role,
    'action', row.action, said.action, 'subject', row.subject, said.subject, 'outcome', row.outcome, said.outcome,
    'case_version', row.case_version, said.caseVersion, 'command_id', row.command_id, said.commandId,
    'request_id', row.request_id, said.requestId, 'network', row.network, said.network, 'policy_hash', row.policy_hash, said.policyHash,
    'hash', row.hash.equals(sha256(LEAF, row.bytes)), true,
  ]);
}

function journalDifferences(row) {
  const said = read(row.bytes);
  // prettier-ignore
  return differences([
    'at', row.at, said.at, 'version', row.version, said.version, 'command_id', row.command_id, said.commandId, 'type', row.type, said.type,
    'schema', row.schema, said.schema, 'hash', row.hash.equals(sha256(row.bytes)), true,
  ]);
}

const LEAF = Buffer.from([0]);

/** Rows as the driver gives them become rows of a block in their place: a year has a million. */
const TABLES = {
  audit: {
    sql: `SELECT id::text AS key, event_bytes AS bytes, ${UTC} AS at, actor, account_id, person_id, on_behalf_of, role, action, subject,
            outcome, case_version, command_id, request_id, network, policy_hash, hash FROM audit_event`,
    changed: auditDifferences,
  },
  journal: {
    sql: `SELECT case_id || '/' || version AS key, event_bytes AS bytes, ${UTC} AS at, version, command_id, type, schema, hash FROM case_event`,
    changed: journalDifferences,
  },
  transfer: {
    sql: `SELECT id::text AS key, command_id, ordinal, kind AS transfer_kind, book, debit_id, credit_id, amount::text, hold_id, memo, ${UTC} AS at FROM ledger_transfer`,
    bytes: ({ command_id, ordinal, transfer_kind, book, debit_id, credit_id, amount, hold_id, memo, at }) =>
      Buffer.from([command_id, ordinal, transfer_kind, book, debit_id, credit_id, amount, hold_id ?? '-', memo, at].join('\n')),
  },
};

async function fromDatabase(url, tenant) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, application_name: 'cobuild-verify' });
  await client.connect();
  try {
    // One snapshot for all of it: what is written and sealed meanwhile does not disturb.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const chain = new Chain(tenant);
    const rowsBetween = async (from, until) => {
      const parts = await Promise.all(
        Object.entries(TABLES).map(async ([kind, { sql, changed, bytes }]) => {
          const { rows } = await client.query({
            name: kind,
            text: `SELECT * FROM (${sql} WHERE tenant_id = $1 AND xid >= $2::xid8 AND xid < $3::xid8) row ORDER BY key COLLATE "C"`,
            values: [tenant, from, until],
          });
          for (const row of rows) {
            row.kind = kind;
            if (bytes) row.bytes = bytes(row);
            if (changed) row.changed = () => changed(row);
          }
          return rows;
        }),
      );
      return parts.flat();
    };
    for (let after = 0; ; ) {
      const found = await client.query(
        `SELECT number, prev, root, count, hash, leaves, from_xid::text AS "fromXid", until_xid::text AS "untilXid" FROM audit_block
          WHERE tenant_id = $1 AND number > $2 ORDER BY number LIMIT 50`,
        [tenant, after],
      );
      if (found.rows.length === 0) break;
      // The server reads the next block's rows while this one's are hashed.
      let next = rowsBetween(found.rows[0].fromXid, found.rows[0].untilXid);
      for (const [at, block] of found.rows.entries()) {
        const rows = await next;
        const following = found.rows[at + 1];
        next = following && rowsBetween(following.fromXid, following.untilXid);
        chain.add(block, rows);
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
