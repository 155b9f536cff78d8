import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import type pg from 'pg';
import type { Role } from '../../../src/accounts/model.ts';
import type { Answer, HttpClient } from '../../support/http.ts';
import { componentsOf, idNamesOf, isVersioned, operationsOf, pathOf, queryOf, type Operation } from '../../support/operations.ts';
import { resolve, sampleOf, type Components } from '../../support/samples.ts';
import { isLetIn, positionsOf, type Asked, type Position } from './verdicts.ts';
import { ROLE_NAMES, type Town } from './town.ts';

const ABSENT = '0b5d7f3e-8a41-4f06-b2c9-7d1e5a60c9f4';
const AT_ONCE = 8;
const ATTEMPTS = 5;

/** Drawn in a thread for seconds each: asked by one of those who may. */
const DRAWN = /\/documents?(\/|$)/;

const APART = new Set([
  // They end the caller's own access or ask for a password: not for a shared session.
  'POST /api/v1/sign-out',
  'POST /api/v1/password',
  'POST /api/v1/second-factor/enrol',
  'POST /api/v1/second-factor/confirm',
  'POST /api/v1/second-factor/verify',
  // The collector on this machine needs no permission.
  'GET /api/metrics',
]);

/** Not of those who ask from a sibling branch: for them it would be their own. */
const OF_THE_OFFICE = "person_id IN (SELECT id FROM accounts_person WHERE org_path NOT LIKE '%/elsewhere/')";

/** Which rows an id in the path means, by the path's beginning and the parameter. */
const IDS: readonly (readonly [pattern: RegExp, table: string, which?: string])[] = [
  [/^accounts\/\S+ identityId/, 'accounts_identity'],
  [/^accounts\//, 'accounts_account', `state = 'active' AND ${OF_THE_OFFICE}`],
  // Whatever else the sample's awards have come to, some of them are granted.
  [/^awards\//, 'evaluation_award', "status = 'granted'"],
  [/^deputies\//, 'accounts_deputy'],
  [/^exports\//, 'exports_export'],
  [/^exposures\//, 'project_exposure'],
  [/^files\/|fileId$/, 'file'],
  [/^documents?\//, 'document'],
  [/^grants\//, 'accounts_grant', OF_THE_OFFICE],
  [/^imports\/projects\//, 'needs_import', "kind = 'projects'"],
  [/^imports\//, 'needs_import', "kind = 'needs'"],
  [/^holds\//, 'needs_hold'],
  [/^import-mappings\//, 'needs_import_mapping'],
  // Others are derived from the day alone, and so the same in every tenant, or are for a role wherever it is held.
  [/^inbox\//, 'notifications_message', "case_id IS NOT NULL AND recipient LIKE '%@%'"],
  [/^ledger\/accounts/, 'ledger_account'],
  [/ communityId$/, 'accounts_org_unit', "kind = 'community'"],
  [/^matching-exclusions\//, 'matching_exclusion'],
  [/^matching-runs\//, 'matching_run'],
  // One’s own would sign out who asks.
  [/^me\/sessions\//, 'accounts_session', 'false'],
  [/^me\/views\//, 'accounts_view'],
  [/^needs\//, 'needs_need'],
  [/^notices\/|^public\/notices\//, 'evaluation_award', "status = 'granted'"],
  [/^offers\//, 'needs_offer'],
  [/^(org-units|units)\/\S+ (id|unitId)$/, 'accounts_org_unit', "kind = 'coBuildingUnit'"],
  [/^people\//, 'accounts_person', "org_path = '/'"],
  [/^proposals\/| proposalId$/, 'needs_proposal'],
  [/^projects\/|^public\/projects\//, 'project', "status = 'implementing'"],
  [/^rights-requests\//, 'rights_request'],
  [/^submissions\//, 'needs_submission'],
  [/^surveys\//, 'needs_survey'],
  [/^tokens\//, 'accounts_token'],
];

/** Where a rule that the schema does not show would stop its sample before the place is looked at. */
const BODIES: Readonly<Record<string, unknown>> = {
  'POST /api/v1/people/{id}/accounts': { login: 'sample' },
  // A version that nobody has seen would be answered as stale.
  'PUT /api/v1/me/drafts/{form}': {},
};

function keyOf({ path }: Operation, name: string): string {
  return `${path.replace(/^\/api\/v1\//, '')} ${name}`;
}

/** One operation for each thing that the route is about, where that decides who may. */
function bySubject(operation: Operation, components: Components): Operation[] {
  const subject = operation.parameters.find(({ name }) => name === 'kind' || name === 'list');
  const values = subject && resolve(subject.schema ?? {}, components).enum;
  if (!values || !operation.access.includes(' | ')) return [operation];
  return values.map((value) => ({
    ...operation,
    name: `${operation.name}; ${subject.name}=${String(value)}`,
    parameters: operation.parameters.map((it) => (it === subject ? { ...it, schema: { const: value } } : it)),
  }));
}

function rolesFor(operation: Operation): Role[] {
  const [one] = ROLE_NAMES.filter((role) => isLetIn(operation, role));
  return ROLE_NAMES.filter((role) => !DRAWN.test(operation.path) || role === one || !isLetIn(operation, role));
}

/** Every route that asks who one is, about one row of the sample for each id in its path; always the same one. */
export class Questions {
  readonly operations: readonly Operation[];
  readonly #town: Town;
  readonly #components: Components;
  readonly #ids: ReadonlyMap<string, string>;

  private constructor(town: Town, components: Components, operations: readonly Operation[], ids: ReadonlyMap<string, string>) {
    this.operations = operations;
    this.#town = town;
    this.#components = components;
    this.#ids = ids;
  }

  static async about(town: Town, admin: pg.Client): Promise<Questions> {
    const document = JSON.parse(readFileSync(join(process.cwd(), 'openapi.json'), 'utf8')) as OpenAPIObject;
    const components = componentsOf(document);
    const operations = operationsOf(document)
      .filter(({ access, name }) => access !== 'public' && !APART.has(name))
      .flatMap((operation) => bySubject(operation, components));
    const ids = new Map<string, string>();
    for (const key of new Set(operations.flatMap((operation) => idNamesOf(operation).map((name) => keyOf(operation, name))))) {
      const [, rows, which = 'true'] = IDS.find(([pattern]) => pattern.test(key)) ?? [];
      if (rows === undefined) throw new Error(`say in IDS (test/trust/support/questions.ts) which rows "${key}" means`);
      const found = await admin.query<{ id: string }>(`SELECT id::text FROM ${rows} WHERE tenant_id = $1 AND ${which} ORDER BY 1 LIMIT 1`, [town.rich]);
      if (found.rows[0]) ids.set(key, found.rows[0].id);
    }
    return new Questions(town, components, operations, ids);
  }

  /** All operations by all roles; who is stopped by the guard is asked at home and abroad only, since it knows the route alone. */
  async ask(position: Position): Promise<Asked[]> {
    const open = this.operations
      .filter((operation) => positionsOf(operation).includes(position))
      .flatMap((operation) => rolesFor(operation).map((role) => ({ operation, role })))
      .filter(({ operation, role }) => position === 'own' || position === 'foreign' || isLetIn(operation, role));
    const asked: Asked[] = [];
    const lane = async (): Promise<void> => {
      for (let next = open.pop(); next; next = open.pop()) asked.push(await this.#one(next.operation, next.role, position));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return asked;
  }

  async #one(operation: Operation, role: Role, position: Position): Promise<Asked> {
    const path = pathOf(operation, this.#components, (name) => {
      if (position === 'absent') return ABSENT;
      if (position === 'malformed') return 'x';
      return this.#ids.get(keyOf(operation, name)) ?? ABSENT;
    });
    // Without a key nothing is done: what is one's own must not change before the next route is asked.
    const headers = { ...(position === 'own' && { 'idempotency-key': undefined }), ...(isVersioned(operation) && { 'if-match': '"999999"' }) };
    const { status, body: answer } = await this.#insist(() =>
      this.#client(position, role).send(operation.method, `${path}${queryOf(operation, this.#components)}`, this.#bodyOf(operation), headers),
    );
    return { operation, role, position, status, code: status < 400 ? '' : String(answer?.code) };
  }

  /** A busy machine asks to come back. */
  async #insist(send: () => Promise<Answer>, attempt = 1): Promise<Answer> {
    const answer = await send();
    return answer.status === 503 && attempt < ATTEMPTS ? this.#insist(send, attempt + 1) : answer;
  }

  #bodyOf({ name, method, body, takesFile }: Operation): unknown {
    if (method === 'GET') return undefined;
    if (!takesFile) return BODIES[name] ?? (body && sampleOf(body, this.#components));
    const form = new FormData();
    form.append('file', new Blob(['a,b\n1,2\n'], { type: 'text/csv' }), 'a.csv');
    return form;
  }

  #client(position: Position, role: Role): HttpClient {
    if (position === 'sibling') return this.#town.sibling(role);
    return position === 'foreign' ? this.#town.stranger(role) : this.#town.own(role);
  }
}
