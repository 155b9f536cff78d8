import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRole, ROLES, type Role } from '../../../src/accounts/model.ts';
import { TenantService } from '../../../src/accounts/service.ts';
import { SessionStore } from '../../../src/accounts/sessions/store.ts';
import { sessionEndsAt } from '../../../src/accounts/sign-in/model.ts';
import { loadSample } from '../../../src/demo/sample.ts';
import { tenantId, tenantScope, type OrgPath, type TenantId } from '../../../src/kernel/scope.ts';
import { instantFromMs } from '../../../src/kernel/time.ts';
import { newSecret } from '../../../src/platform/crypto/secret.ts';
import { Database } from '../../../src/platform/database/database.ts';
import { anchorToday } from '../../support/anchors.ts';
import { keepProjects } from '../../support/figures.ts';
import { HttpClient } from '../../support/http.ts';
import { startTestStage, type TestStage } from '../../support/stage.ts';

/** Rewarded, used twice, two awards, a refused offer, a withdrawal, a rectification. */
const KEPT = ['MX-001', 'MX-007', 'MX-035'];

export const ROLE_NAMES: readonly Role[] = Object.keys(ROLES).filter(isRole);

/** Where nothing of the sample lies: another office, and another partner body. */
const SIBLING_OFFICE = '/elsewhere/' as OrgPath;
const SIBLING_UNIT = '/units/elsewhere/' as OrgPath;

export interface Town {
  readonly place: TestStage;
  /** The sample: a year, and something of every kind in the present. */
  readonly rich: TenantId;
  readonly foreign: TenantId;
  /** Signed in with this role alone: over the whole rich tenant, in a sibling branch of it, over the foreign tenant. */
  own(role: Role): HttpClient;
  sibling(role: Role): HttpClient;
  stranger(role: Role): HttpClient;
  stop(): Promise<void>;
}

export async function startTown(): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), 'cobuild-town-'));
  await keepProjects(join(process.cwd(), 'examples/mengyang'), folder, KEPT);
  const place = await startTestStage();
  try {
    return await peopled(place, folder);
  } catch (error) {
    await place.stop();
    throw error;
  }
}

async function peopled(place: TestStage, folder: string): Promise<Town> {
  await loadSample(place.stage, { dir: folder, seed: 1, name: '示例', progress: () => undefined }, () => undefined);
  await rm(folder, { recursive: true, force: true });
  const foreign = tenantId(`t-${randomUUID().slice(0, 8)}`);
  await place.stage.app.get(TenantService, { strict: false }).createTenant(foreign, '示例外区', []);
  const { tenant: rich } = place.stage;
  const own = await signedIn(place, rich, () => '/' as OrgPath);
  const sibling = await signedIn(place, rich, (role) => (role === 'unit' || role === 'applicant' ? SIBLING_UNIT : SIBLING_OFFICE));
  await own('manager').post('/api/v1/exports', { list: 'projects', format: 'csv' });
  const stranger = await signedIn(place, foreign, () => '/' as OrgPath);
  await anchorToday(place.stage.app, [rich, foreign]);
  return { place, rich, foreign, own, sibling, stranger, stop: () => place.stop() };
}

async function signedIn(place: TestStage, tenant: TenantId, at: (role: Role) => OrgPath): Promise<(role: Role) => HttpClient> {
  const { app, base } = place.stage;
  const [tenants, sessions] = [app.get(TenantService, { strict: false }), app.get(SessionStore, { strict: false })];
  const enrolled = await tenants.enrol(
    tenantScope(tenant),
    ROLE_NAMES.map((role) => ({
      login: `${role.toLowerCase()}-${randomUUID().slice(0, 8)}`,
      name: '示例人员',
      orgPath: at(role),
      roles: [{ role, orgPath: at(role) }],
      password: null,
    })),
  );
  const clients = new Map<Role, HttpClient>();
  const now = instantFromMs(Date.now());
  for (const [index, role] of ROLE_NAMES.entries()) {
    const { secret, hash } = newSecret();
    const session = { id: randomUUID(), accountId: enrolled[index]!.accountId, tokenHash: hash, createdAt: now, expiresAt: sessionEndsAt(now) };
    await app.get(Database).within(tenantScope(tenant), (tx) => sessions.open(tx, session, null));
    clients.set(role, new HttpClient(base, { origin: base, cookie: `cobuild_test=${secret}` }));
  }
  return (role) => clients.get(role)!;
}
