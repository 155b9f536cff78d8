import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

/** One import or re-export; `target` is a path from the root for our own files, else the package's name. */
export interface Import {
  readonly from: string;
  readonly target: string;
  readonly isTypeOnly: boolean;
  readonly isReExport: boolean;
}

/** Lowest first: an area may use those before it, never those after it (architecture.md §1). */
export const AREAS = [
  'audit',
  'calendar',
  'accounts',
  'approvals',
  'policy',
  'files',
  'documents',
  'notifications',
  'exports',
  'cases',
  'ledger',
  'quarters',
  'needs',
  'rights',
  'matching',
  'projects',
  'evaluation',
  'rounds',
  'meetings',
  'insights',
  'recovery',
  'retention',
] as const;

type Area = (typeof AREAS)[number];

/** A file without a room's name holds rules, like `model.ts`: pure. */
const ROOMS = [
  'model',
  'messages',
  'texts',
  'schemas',
  'entities',
  'store',
  'service',
  'commands',
  'controller',
  'module',
  'import',
  'jobs',
  'migrations',
] as const;

type Room = (typeof ROOMS)[number];

/** Business time is a port with a name of its own; by its rights it is a service. */
const NAMED: Readonly<Record<string, Room>> = { clock: 'service' };

type Place =
  | { readonly kind: 'area'; readonly area: Area; readonly room: Room }
  | { readonly kind: 'kernel' | 'platform' | 'composition' | 'activities' | 'workflows' | 'workflowLib' | 'outside' }
  | { readonly kind: 'web'; readonly part: WebPart; readonly page: string }
  | { readonly kind: 'package'; readonly name: string };

type WebPart = 'shared' | 'staff' | 'public';

const FOLDERS = ['src', 'workflows', 'activities', 'web'];

export function placeOf(path: string): Place {
  const [top = '', second = '', ...rest] = path.split('/');
  if (top === 'workflows') return { kind: second === 'lib' ? 'workflowLib' : 'workflows' };
  // `activities/index.ts` binds them to their services.
  if (top === 'activities') return { kind: second === 'index.ts' ? 'composition' : 'activities' };
  if (['test', 'bench', 'tools'].includes(top)) return { kind: 'outside' };
  if (top === 'web') return webPlaceOf(second, rest);
  if (top !== 'src') return { kind: 'package', name: path };
  if (second === 'kernel' || second === 'platform') return { kind: second };
  if (rest.length === 0 || second === 'demo') return { kind: 'composition' };
  const area = AREAS.find((name) => name === second);
  if (!area) throw new Error(`${path} is in no known area`);
  const name = rest.includes('migrations') ? 'migrations' : rest.at(-1)?.replace(/\.ts$/, '');
  return { kind: 'area', area, room: ROOMS.find((room) => room === name) ?? NAMED[name ?? ''] ?? 'model' };
}

/** `page`: the page's own folder; empty for what pages share. */
function webPlaceOf(part: string, rest: readonly string[]): Place {
  if (part === 'shared') return { kind: 'web', part, page: '' };
  if (part !== 'staff' && part !== 'public') return { kind: 'outside' };
  return { kind: 'web', part, page: rest[0] === 'pages' && rest.length > 2 ? (rest[1] ?? '') : '' };
}

interface Rule {
  /** Rooms of the own area, in any of its folders. */
  readonly own: readonly Room[];
  readonly earlier: readonly Room[];
  /** Prefixes of `src/platform/…`. */
  readonly platform: readonly string[];
  readonly packages: readonly RegExp[];
}

const NEST = /^@nestjs\//;
const NODE = /^node:/;
const PURE: readonly Room[] = ['model', 'messages'];

const RULES: Readonly<Record<Room, Rule>> = {
  // What a case tells another one names that one's id.
  model: { own: PURE, earlier: PURE, platform: [], packages: [] },
  messages: { own: PURE, earlier: PURE, platform: [], packages: [] },
  texts: { own: [], earlier: [], platform: [], packages: [] },
  schemas: { own: ['model', 'schemas'], earlier: ['model', 'schemas'], platform: ['http/', 'crypto/mask.ts'], packages: [/^zod$/] },
  entities: { own: ['model'], earlier: ['model'], platform: ['database/'], packages: [/^typeorm$/] },
  migrations: { own: ['model'], earlier: ['model'], platform: ['database/'], packages: [/^typeorm$/] },
  store: {
    own: ['entities', 'model', 'store'],
    earlier: ['model'],
    platform: ['database/', 'crypto/', 'ids.ts', 'http/cursor.ts'],
    packages: [/^@nestjs\/common$/, /^typeorm$/, NODE],
  },
  service: {
    own: ['service', 'store', 'model', 'messages', 'schemas'],
    earlier: ['service', 'model', 'messages'],
    platform: [''],
    packages: [NEST, NODE],
  },
  commands: {
    own: ['commands', 'service', 'store', 'model', 'messages', 'schemas', 'import'],
    earlier: ['commands', 'service', 'model', 'messages'],
    platform: [''],
    packages: [NEST, NODE, /^zod$/],
  },
  controller: {
    own: ['commands', 'service', 'store', 'model', 'schemas', 'import', 'texts'],
    earlier: ['service', 'model', 'schemas'],
    platform: ['http/', 'database/', 'tables/', 'crypto/mask.ts'],
    packages: [NEST, /^zod$/, /^fastify$/],
  },
  module: { own: [...ROOMS], earlier: ['module', 'model', 'service'], platform: [''], packages: [NEST] },
  import: {
    own: ['schemas', 'service', 'model', 'import'],
    earlier: ['model', 'schemas', 'service', 'import'],
    platform: ['tables/', 'http/', 'database/', 'crypto/', 'ids.ts'],
    packages: [/^zod$/],
  },
  jobs: { own: ['service', 'store', 'model', 'messages'], earlier: ['service', 'model', 'messages'], platform: [''], packages: [NODE] },
};

/** What one import breaks; undefined = nothing. */
export function violationOf({ from, target, isTypeOnly, isReExport }: Import): string | undefined {
  const [source, aim] = [placeOf(from), placeOf(target)];
  if (aim.kind === 'outside') return 'nothing imports test, bench or tools';
  if (aim.kind === 'web' && source.kind !== 'web') return 'nothing imports the page';
  if (isReExport && source.kind !== 'workflows') return 'no re-exports: a name is imported from where it is';
  if (source.kind === 'outside' || aim.kind === 'kernel') return undefined;
  switch (source.kind) {
    case 'kernel':
      return 'the kernel imports nothing';
    case 'platform':
      return aim.kind === 'platform' || aim.kind === 'package' ? undefined : 'the platform knows no business';
    case 'composition':
      return aim.kind === 'workflows' || aim.kind === 'workflowLib' ? 'workflow code is bundled, never imported' : undefined;
    case 'activities':
      return activityViolation(aim, target);
    case 'workflowLib':
    case 'workflows':
      return workflowViolation(source.kind, aim, isTypeOnly);
    case 'area':
      return areaViolation(source, aim, target);
    case 'package':
      return undefined;
    case 'web':
      return webViolation(source, aim);
  }
}

/** The page knows the API by its description alone; residents' pages stay small. */
function webViolation(source: Extract<Place, { kind: 'web' }>, aim: Place): string | undefined {
  if (aim.kind === 'package') {
    if (NODE.test(aim.name)) return 'a browser has no such library';
    const isHeavy = /^(antd|@ant-design\/.*|echarts)$/.test(aim.name);
    return isHeavy && source.part !== 'staff' ? `${source.part} does without ${aim.name}` : undefined;
  }
  if (aim.kind !== 'web') return 'the page uses nothing of the services';
  if (aim.part === 'shared') return undefined;
  if (aim.part !== source.part) return `${source.part} does not use ${aim.part}`;
  if (aim.page === '' || aim.page === source.page) return undefined;
  // The frame brings pages in, and shows some in place of others.
  return source.page === '' ? undefined : `the page ${source.page} does not use the page ${aim.page}`;
}

function activityViolation(aim: Place, target: string): string | undefined {
  if (aim.kind === 'area') {
    return ['service', 'messages', 'model'].includes(aim.room) ? undefined : `activities do not use ${aim.room}`;
  }
  if (aim.kind === 'platform') {
    return /^src\/platform\/(temporal|database)\//.test(target) ? undefined : 'activities use platform/temporal and database only';
  }
  if (aim.kind === 'package') return /^@temporalio\/(activity|common)$/.test(aim.name) ? undefined : 'activities use no such library';
  return aim.kind === 'activities' ? undefined : `activities do not use ${aim.kind}`;
}

function workflowViolation(source: 'workflows' | 'workflowLib', aim: Place, isTypeOnly: boolean): string | undefined {
  if (aim.kind === 'package') return aim.name === '@temporalio/workflow' ? undefined : 'workflows use no library but Temporal’s';
  if (aim.kind === 'workflowLib') return undefined;
  if (aim.kind === 'area' && PURE.includes(aim.room)) return undefined;
  if (source === 'workflows' && aim.kind === 'activities') return isTypeOnly ? undefined : 'activities are types to a workflow';
  if (source === 'workflows' && aim.kind === 'workflows') return undefined;
  return 'workflows use models and messages only';
}

function areaViolation(source: Extract<Place, { kind: 'area' }>, aim: Place, target: string): string | undefined {
  const rule = RULES[source.room];
  const no = `${source.room} does not use`;
  switch (aim.kind) {
    case 'package':
      return rule.packages.some((allowed) => allowed.test(aim.name)) ? undefined : `${no} ${aim.name}`;
    case 'platform':
      return rule.platform.some((prefix) => target.startsWith(`src/platform/${prefix}`)) ? undefined : `${no} ${target}`;
    case 'area': {
      const distance = AREAS.indexOf(source.area) - AREAS.indexOf(aim.area);
      if (distance < 0) return `${source.area} comes before ${aim.area}`;
      const allowed = distance === 0 ? rule.own : rule.earlier;
      return allowed.includes(aim.room) ? undefined : `${no} ${distance === 0 ? 'its own' : 'an earlier'} ${aim.room}`;
    }
    default:
      return `${no} ${aim.kind}`;
  }
}

/** All files of ours that run, and what each of them imports. */
export function importsOf(root: string): Import[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts') && !name.endsWith('.config.ts'))
      .flatMap((name) => importsIn(join(folder, name), readFileSync(join(root, folder, name), 'utf8'))),
  );
}

export function importsIn(from: string, code: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, isTypeOnly: boolean, isReExport = false): void => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const { text } = specifier;
    const target = text.startsWith('.') ? normalize(join(dirname(from), text)) : packageOf(text);
    found.push({ from, target, isTypeOnly, isReExport });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly, true);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(from, code, ts.ScriptTarget.ESNext, false, from.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS));
  return found;
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return !clause.name && named !== undefined && ts.isNamedImports(named) && named.elements.every((it) => it.isTypeOnly);
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Every circle of files, each once, as the files on it. */
export function cyclesOf(imports: readonly Import[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, target } of imports) next.set(from, [...(next.get(from) ?? []), target]);
  const done = new Set<string>();
  const path: string[] = [];
  const cycles: string[][] = [];
  const walk = (file: string): void => {
    const at = path.indexOf(file);
    if (at >= 0) cycles.push(path.slice(at));
    if (at >= 0 || done.has(file)) return;
    path.push(file);
    for (const target of next.get(file) ?? []) walk(target);
    path.pop();
    done.add(file);
  };
  for (const file of next.keys()) walk(file);
  return cycles;
}
