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
// 4. Anchors  Ed25519 signatures of known keys over day, block and hash; every anchored block is there as it was
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const problems = [];
const fail = (check, block, row, detail) => problems.push({ check, block, ...(row && { row }), ...(detail && { detail }) });
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hex = (bytes) => bytes.toString('hex');
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

function whole(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function rootOf(leaves) {
  let level = leaves;
  while (level.length > 1) {
    const above = [];
    for (let at = 0; at < level.length; at += 2) above.push(at + 1 < level.length ? sha256(NODE, level[at], level[at + 1]) : level[at]);
    level = above;
  }
  return level[0] ?? Buffer.alloc(32);
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
const leafOf = (row) => sha256(LEAF, `${nameOf(row)}\n`, row.bytes);
const comesBefore = (a, b) => Buffer.compare(Buffer.from(`${a.kind}\0${a.key}`), Buffer.from(`${b.kind}\0${b.key}`)) < 0;

/** What stands in columns beside the bytes is read by pages and lists: a forger might change it alone. */
function checkColumns(number, row) {
  for (const [column, [stored, said]] of Object.entries(row.columns?.() ?? {})) {
    if ((stored ?? null) !== (said ?? null)) fail('columnChanged', number, nameOf(row), column);
  }
}

function checkRows(block, rows) {
  const sealed = Array.from({ length: block.leaves.length / 32 }, (_, at) => block.leaves.subarray(at * 32, at * 32 + 32));
  const found = rows.map(leafOf);
  rows.forEach((row, at) => {
    if (at > 0 && !comesBefore(rows[at - 1], row)) fail('rowOutOfOrder', block.number, nameOf(row));
    checkColumns(block.number, row);
  });
  if (sealed.length !== block.count) fail('leavesChanged', block.number);
  if (sealed.length === found.length && found.every((leaf, at) => leaf.equals(sealed[at]))) return sealed;
  const known = new Set(sealed.map(hex));
  const present = new Set(found.map(hex));
  const strange = rows.filter((_, at) => !known.has(hex(found[at])));
  const missing = sealed.filter((leaf) => !present.has(hex(leaf)));
  // A changed row is strange and leaves its leaf without a row; beyond that rows were added or taken away.
  strange.forEach((row, at) => fail(at < missing.length ? 'rowChanged' : 'rowAdded', block.number, nameOf(row)));
  for (const leaf of missing.slice(strange.length)) {
    const place = sealed.indexOf(leaf);
    const before = rows[found.findLastIndex((other) => sealed.findIndex((one) => one.equals(other)) < place)];
    fail('rowMissing', block.number, undefined, before ? `after ${nameOf(before)}` : 'at its beginning');
  }
  return sealed;
}

class Chain {
  constructor(tenant) {
    this.hash = sha256(`cobuild.record/1\n${tenant}`);
    this.number = 0;
    this.rows = 0;
    this.hashes = new Map();
  }

  add(block, rows) {
    const { number } = block;
    if (number !== this.number + 1) fail('blockMissing', this.number + 1, undefined, `${number} follows ${this.number}`);
    if (!block.prev.equals(this.hash)) fail('chainBroken', number);
    if (block.fromXid !== undefined && block.fromXid !== (this.untilXid ?? '0')) fail('rangeBroken', number);
    const leaves = checkRows(block, rows);
    if (!rootOf(leaves).equals(block.root)) fail('rootChanged', number);
    if (!sha256(whole(number), block.prev, block.root, whole(block.count)).equals(block.hash)) fail('hashChanged', number);
    this.number = number;
    this.hash = block.hash;
    this.untilXid = block.untilXid;
    this.rows += rows.length;
    this.hashes.set(number, hex(block.hash));
  }
}

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function checkAnchor({ statement, signature, key }, keys, chain, tenant) {
  const said = read(statement);
  const known = keys.find(({ id }) => id === key);
  if (said.format !== 'cobuild.anchor/1' || said.tenant !== tenant || said.key !== key) fail('anchorForeign', said.block, said.day);
  if (!known) return fail('anchorKeyUnknown', said.block, said.day, key);
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(known.key, 'hex')]), format: 'der', type: 'spki' });
  if (!verify(null, Buffer.from(statement), publicKey, Buffer.from(signature, 'hex'))) return fail('anchorForged', said.block, said.day);
  const hash = chain.hashes.get(said.block);
  if (hash === undefined) fail('blockMissing', said.block, undefined, `anchored on ${said.day}`);
  else if (hash !== said.hash) fail('anchorDiffers', said.block, undefined, `anchored on ${said.day}`);
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

const TABLES = {
  audit: {
    sql: `SELECT id::text AS key, event_bytes AS bytes, ${UTC} AS at, actor, account_id, person_id, on_behalf_of, role, action, subject,
            outcome, case_version, command_id, request_id, network, policy_hash, hash FROM audit_event`,
    row: (found) => ({
      bytes: found.bytes,
      columns: () => {
        const said = read(found.bytes);
        return {
          id: [found.key, said.id],
          at: [found.at, said.at],
          actor: [found.actor, said.actor?.id],
          account_id: [found.account_id, said.actor?.account],
          person_id: [found.person_id, said.actor?.person],
          on_behalf_of: [found.on_behalf_of, said.actor?.for],
          role: [found.role, said.role],
          action: [found.action, said.action],
          subject: [found.subject, said.subject],
          outcome: [found.outcome, said.outcome],
          case_version: [found.case_version, said.caseVersion],
          command_id: [found.command_id, said.commandId],
          request_id: [found.request_id, said.requestId],
          network: [found.network, said.network],
          policy_hash: [found.policy_hash, said.policyHash],
          hash: [hex(found.hash), hex(sha256(LEAF, found.bytes))],
        };
      },
    }),
  },
  journal: {
    sql: `SELECT case_id || '/' || version AS key, event_bytes AS bytes, ${UTC} AS at, version, command_id, type, schema, hash FROM case_event`,
    row: (found) => ({
      bytes: found.bytes,
      columns: () => {
        const said = read(found.bytes);
        return {
          at: [found.at, said.at],
          version: [found.version, said.version],
          command_id: [found.command_id, said.commandId],
          type: [found.type, said.type],
          schema: [found.schema, said.schema],
          hash: [hex(found.hash), hex(sha256(found.bytes))],
        };
      },
    }),
  },
  transfer: {
    sql: `SELECT id::text AS key, command_id, ordinal, kind, book, debit_id, credit_id, amount::text, hold_id, memo, ${UTC} AS at FROM ledger_transfer`,
    row: (found) => {
      const { command_id, ordinal, kind, book, debit_id, credit_id, amount, hold_id, memo, at } = found;
      return { bytes: Buffer.from([command_id, ordinal, kind, book, debit_id, credit_id, amount, hold_id ?? '-', memo, at].join('\n')) };
    },
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
      const rows = [];
      for (const [kind, { sql, row }] of Object.entries(TABLES)) {
        const found = await client.query({
          name: kind,
          text: `SELECT * FROM (${sql} WHERE tenant_id = $1 AND xid >= $2::xid8 AND xid < $3::xid8) row ORDER BY key COLLATE "C"`,
          values: [tenant, from, until],
        });
        for (const one of found.rows) rows.push({ kind, key: one.key, ...row(one) });
      }
      return rows;
    };
    for (let after = 0; ; ) {
      const found = await client.query(
        `SELECT number, prev, root, count, hash, leaves, from_xid::text AS "fromXid", until_xid::text AS "untilXid" FROM audit_block
          WHERE tenant_id = $1 AND number > $2 ORDER BY number LIMIT 50`,
        [tenant, after],
      );
      for (const block of found.rows) chain.add(block, await rowsBetween(block.fromXid, block.untilXid));
      if (found.rows.length === 0) break;
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
  if (keys) for (const anchor of checked) checkAnchor(anchor, keys, record.chain, record.tenant);
  problems.sort((a, b) => (a.block ?? 0) - (b.block ?? 0));
  const seconds = Math.round((performance.now() - begun) / 10) / 100;
  const result = {
    tenant: record.tenant,
    proved: problems.length === 0,
    blocks: record.chain.number,
    rows: record.chain.rows,
    anchors: keys ? checked.length : 0,
    ownAnchors: own?.anchors.length ?? 0,
    ...(record.unsealed !== undefined && { unsealed: record.unsealed }),
    problems: problems.slice(0, 20),
    more: Math.max(0, problems.length - 20),
    seconds,
  };
  if (!json) {
    for (const { check, block, row, detail } of result.problems) console.log(`block ${block}: ${[check, row, detail].filter(Boolean).join(' · ')}`);
    console.log(result.proved ? `proved: ${result.rows} rows in ${result.blocks} blocks, ${result.anchors} anchors` : 'NOT proved; first of all see the first line');
    if (!keys) console.log('signatures were not checked: give an own copy of the published anchors (--anchors)');
  }
  console.log(JSON.stringify(result));
  process.exitCode = result.proved ? 0 : 1;
} catch (error) {
  console.error(`unreadable: ${error.message}`);
  process.exitCode = 2;
}
