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
//             Rows whose term is over may be gone: a sealed row of the record names the blocks, with a digest of the leaves
// 4. Anchors  Ed25519 signatures of known keys over day, block and hash; every anchored block is there as it was
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Chain, checkAnchor, fail, problems } from './record/chain.mjs';
import { fromDatabase } from './record/database.mjs';
import { sealedRow } from './record/rows.mjs';

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
