import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { policyKinds, type Policies, type PolicyKind } from '../../src/policy/model.ts';
import { builtInPacks } from '../../src/policy/packs/built-in.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { pinnedDefault } from '../support/policies.ts';
import { award, evaluation, points } from './support/results.ts';
import { files } from './support/files.ts';
import { retention } from './support/retention.ts';
import { triage } from './support/needs.ts';
import { matching } from './support/plans.ts';
import { microProject } from './support/projects.ts';
import { quarter } from './support/quarters.ts';
import { rights } from './support/rights.ts';
import type { Row, Rows } from './support/row.ts';
import { Stored } from './support/stored.ts';
import { survey } from './support/surveys.ts';

let db: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

const stored = (): Stored => new Stored(api);

const rows: { readonly [Kind in PolicyKind]: Rows<Kind> } = {
  microProject: microProject(stored),
  quarter: quarter(stored),
  matching,
  evaluation,
  award,
  points,
  needs: triage,
  survey,
  files,
  rights,
  retention,
};

const all = policyKinds.flatMap((kind) =>
  Object.entries(rows[kind] as Readonly<Record<string, Row<PolicyKind>>>).map(([name, row]) => ({ kind, name, row })),
);

describe('every value of every policy pack', () => {
  it.each(policyKinds)('of %s has its outcome', (kind) => {
    expect(Object.keys(rows[kind]).sort()).toEqual(Object.keys(builtInPacks[kind]).sort());
  });

  it.each(all.map((each) => ({ ...each, outcome: each.row.outcome })))(
    '$kind: $name changes $outcome',
    async ({ kind, name, row: { to, of, becomes } }) => {
      const before = pinnedDefault(kind).values as Policies[typeof kind];
      expect(to).not.toEqual((before as unknown as Record<string, unknown>)[name]);
      expect(becomes[0]).not.toEqual(becomes[1]);
      expect(await of(before)).toEqual(becomes[0]);
      expect(await of({ ...before, [name]: to } as typeof before)).toEqual(becomes[1]);
    },
    30_000,
  );
});
