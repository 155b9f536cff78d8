import { randomUUID } from 'node:crypto';
import { permissionsOf, type Role } from '../../src/accounts/model.ts';
import { TenantService, type Enrolled } from '../../src/accounts/service.ts';
import { TokenService } from '../../src/accounts/tokens/service.ts';
import { orgPath, tenantId, tenantScope, type TenantId } from '../../src/kernel/scope.ts';
import { addHours, instantFromMs } from '../../src/kernel/time.ts';
import { Database } from '../../src/platform/database/database.ts';
import type { TestApi } from './api.ts';
import type { HttpClient } from './http.ts';

export interface StaffMember {
  readonly personId: string;
  readonly accountId: string;
  /** A program of this person's, allowed all that a token may be. */
  readonly client: HttpClient;
}

/** Tokens never hold it: who approves payments signs in. */
export const NOT_FOR_TOKENS = 'money.approve';

/** A tenant and its people, made from inside the installation as `npm start` makes them. */
export class Staff {
  readonly tenant: TenantId;
  readonly #api: TestApi;

  private constructor(api: TestApi, tenant: TenantId) {
    this.#api = api;
    this.tenant = tenant;
  }

  static async of(api: TestApi, tenant = `t-${randomUUID().slice(0, 8)}`): Promise<Staff> {
    const staff = new Staff(api, tenantId(tenant));
    await api.api.app.get(TenantService, { strict: false }).createTenant(staff.tenant, '示例区', []);
    return staff;
  }

  /** `at`: where in the organisation; the whole tenant unless told. `unit`: code of the employer. */
  async member(role: Role, at = '/', unit?: string): Promise<StaffMember> {
    const { app } = this.#api.api;
    const enrolled = await this.#enrol(role, at, unit, null);
    const now = instantFromMs(Date.now());
    const issued = await app.get(Database).within(tenantScope(this.tenant), (tx) =>
      app.get(TokenService, { strict: false }).issue(
        tx,
        {
          accountId: enrolled.accountId,
          name: 'test',
          permissions: permissionsOf(role).filter((permission) => permission !== NOT_FOR_TOKENS),
          expiresAt: addHours(now, 24),
        },
        { commandId: randomUUID(), at: now },
      ),
    );
    return { personId: enrolled.personId, accountId: enrolled.accountId, client: this.#api.program(issued.secret) };
  }

  /** The same by password, in a browser; takes about 1 s for the two hashes. */
  async signedIn(role: Role, at = '/', unit?: string): Promise<StaffMember> {
    const password = `Sample-${randomUUID()}`;
    const { login, personId, accountId } = await this.#enrol(role, at, unit, password);
    const { status, headers, body } = await this.#api.page().post('/api/v1/sign-in', { login, password, tenant: this.tenant });
    const [, session] = /^[^=]+=([^;]+)/.exec(headers.get('set-cookie') ?? '') ?? [];
    if (status !== 200 || !session) throw new Error(`signing in was answered ${status} ${JSON.stringify(body)}`);
    return { personId, accountId, client: this.#api.browser(session) };
  }

  async #enrol(role: Role, at: string, unit: string | undefined, password: string | null): Promise<Enrolled> {
    const path = orgPath(at);
    const [enrolled] = await this.#api.api.app.get(TenantService, { strict: false }).enrol(tenantScope(this.tenant), [
      {
        login: `${role.toLowerCase()}-${randomUUID().slice(0, 8)}`,
        name: '示例人员',
        orgPath: path,
        roles: [{ role, orgPath: path }],
        password: password === null ? null : { text: password, oneTime: false },
        ...(unit && { unit }),
      },
    ]);
    if (!enrolled) throw new Error('nobody was enrolled');
    return enrolled;
  }
}
