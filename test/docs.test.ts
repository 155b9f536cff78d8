import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { legal as award } from '../src/evaluation/award/model.ts';
import { RUN_MOVES } from '../src/matching/model.ts';
import { legal as survey } from '../src/needs/survey/lifecycle/model.ts';
import { legal as project } from '../src/projects/lifecycle/model.ts';
import { legal as rights } from '../src/rights/model.ts';
import { legal as quarter } from '../src/quarters/model.ts';
import { AREAS } from './support/architecture.ts';

const read = (path: string): string => readFileSync(path, 'utf8');

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

const pages = ['README.md', ...['docs', 'src', 'workflows', 'web', 'tools', 'examples'].flatMap((folder) => filesIn(folder, '.md'))];

type Moves = Readonly<Record<string, readonly string[]>>;

/** Statuses by command, as the others have it. */
const run: Moves = Object.fromEntries(
  [...new Set(Object.values(RUN_MOVES).flat())].map((command) => [
    command,
    Object.entries(RUN_MOVES).flatMap(([status, commands]) => (commands.includes(command) ? [status] : [])),
  ]),
);

const cases: readonly [string, Moves][] = [
  ['microProject', project],
  ['quarterCycle', quarter],
  ['matchingRun', run],
  ['resultBasedAward', award],
  ['needsSurvey', survey],
  ['rightsRequest', rights],
];

/** Commands that a case begins with. */
const OPENING: ReadonlySet<string> = new Set(['open', 'takeOver']);

const sorted = (moves: Moves): Moves =>
  Object.fromEntries(Object.entries(moves).map(([command, statuses]) => [command, [...new Set(statuses)].sort()]));

function sectionOf(name: string): string {
  const [, section = ''] = read('docs/architecture.md').split(`\n### ${name}\n`);
  return section.split(/\n##+ /)[0]!;
}

function tableOf(section: string): Moves {
  const rows = [...section.matchAll(/^\| \*?`(\w+)`\*? \| ([\w, ]+) \|/gm)];
  return Object.fromEntries(rows.map(([, command, statuses]) => [command!, statuses!.split(', ')]));
}

describe.each(cases)('the page on %s', (name, legal) => {
  it('has every command with the statuses that take it', () => {
    expect(sorted(tableOf(sectionOf(name)))).toEqual(sorted(legal));
  });

  it('draws only arrows that the engine takes, and every status that a command leaves', () => {
    const arrows = [...sectionOf(name).matchAll(/^ {2}(\S+) --> (\S+) : (\w+)$/gm)];
    const wrong = arrows.filter(([, from, , command]) => !(from === '[*]' ? OPENING.has(command!) : legal[command!]?.includes(from!)));
    expect(wrong.map(([line]) => line)).toEqual([]);
    const drawn = new Set(arrows.flatMap(([, from, to]) => [from, to]));
    // Suspension and its way back would cross every other arrow.
    const left = new Set(Object.values(legal).flat().filter((status) => status !== 'suspended'));
    expect([...left].filter((status) => !drawn.has(status))).toEqual([]);
  });
});

describe('the architecture page', () => {
  it('has the areas in their order', () => {
    const [, line = ''] = /never those after it:\n([^(]*)/.exec(read('docs/architecture.md')) ?? [];
    expect([...line.matchAll(/`(\w+)`/g)].map(([, area]) => area)).toEqual([...AREAS]);
  });
});

describe('the operator’s guide', () => {
  it('lists every field of a log line', () => {
    const [, fields = ''] = /const FIELDS = new Set\(\[(.*?)\]\);/s.exec(read('src/platform/logging.ts')) ?? [];
    const names = [...fields.matchAll(/'(\w+)'/g)].map(([, name]) => name!);
    const [, logs = ''] = read('docs/operate.md').split('\n## Logs\n');
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !logs.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the README', () => {
  it('explains every key of the configuration', () => {
    const keys = [...read('src/platform/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, key]) => key!);
    const explained = [...read('README.md').matchAll(/^\| `([A-Z_]+)`/gm)].map(([, key]) => key!);
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter((key) => !explained.includes(key))).toEqual([]);
  });
});

describe('all pages', () => {
  const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

  it('name commands that exist', () => {
    const named = pages.flatMap((page) => [...read(page).matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script!));
    expect([...new Set(named)].filter((script) => !(script in scripts))).toEqual([]);
  });

  it('link to what is there', () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:)([^)#\s]+)/g)]
        .filter(([, target]) => !existsSync(join(dirname(page), target!)))
        .map(([, target]) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('answer what the code cites', () => {
    const code = ['src', 'workflows', 'activities', 'test'].flatMap((folder) => filesIn(folder, '.ts'));
    const cited = code
      .filter((file) => file !== 'test/docs.test.ts')
      .flatMap((file) => [...read(file).matchAll(/\b(architecture|trust|temporal|operate|sources)(?:\.md)? (?:§|Part )?(\d(?:\.\d)?)/g)]);
    const missing = cited.filter(([, page, section]) => !new RegExp(`^##+ (Part )?${section!.replace('.', '\\.')}[ .:]`, 'm').test(read(`docs/${page}.md`)));
    expect(cited.length).toBeGreaterThan(10);
    expect([...new Set(missing.map(([line]) => line))]).toEqual([]);
  });

  it('hold every decision that is cited', () => {
    const decisions = readdirSync('docs/adr').map((name) => name.slice(0, 4));
    const cited = [...pages, ...filesIn('src', '.ts')].flatMap((file) => [...read(file).matchAll(/ADR (\d{4})/g)].map(([, number]) => number!));
    expect([...new Set(cited)].filter((number) => !decisions.includes(number))).toEqual([]);
  });
});
