import { randomUUID } from 'node:crypto';
import { UnitService } from '../../../src/accounts/units/service.ts';
import { CaseService } from '../../../src/cases/service.ts';
import { fen } from '../../../src/kernel/money.ts';
import { SYSTEM_ACTOR, tenantScope, type Scope } from '../../../src/kernel/scope.ts';
import { instantFromMs, localDate, shanghaiInstant } from '../../../src/kernel/time.ts';
import { Database } from '../../../src/platform/database/database.ts';
import type { Policies } from '../../../src/policy/model.ts';
import { PolicyService } from '../../../src/policy/service.ts';
import type { ProjectCommand, ProjectState } from '../../../src/projects/lifecycle/model.ts';
import { projectCaseId } from '../../../src/projects/messages.ts';
import { projectMachine } from '../../../src/projects/model.ts';
import { ProjectPublishing } from '../../../src/projects/publishing/service.ts';
import { ProjectStore } from '../../../src/projects/store.ts';
import { QuarterService } from '../../../src/quarters/service.ts';
import type { TestApi } from '../../support/api.ts';
import { COMMUNITY, plantClaimants } from '../../support/claimants.ts';
import { pinnedDefault } from '../../support/policies.ts';
import { Staff } from '../../support/staff.ts';

/** What only the database knows, asked of the services of a real application. */
export class Stored {
  readonly #api: TestApi;

  constructor(api: TestApi) {
    this.#api = api;
  }

  /** How one unit's first and second claim are answered. */
  async claims(values: Policies['microProject']): Promise<string[]> {
    const { scope, unitId } = await this.#tenant();
    return [await this.#claim(scope, unitId, values), await this.#claim(scope, unitId, values)];
  }

  /** Which quarters are opened on a day six weeks before one begins, under a pack that the tenant has published. */
  async openings(values: Policies['quarter']): Promise<string[]> {
    const { scope } = await this.#tenant();
    const { opensBeforeDays } = values;
    return this.#db.within(scope, async (tx) => {
      const at = instantFromMs(Date.now());
      const policy = this.#app.get(PolicyService, { strict: false });
      if (opensBeforeDays !== (await policy.current(tx, 'quarter', at)).values.opensBeforeDays) {
        const changes = { opensBeforeDays: { value: opensBeforeDays, source: '示例', grade: 'A' as const } };
        await policy.publishVersion(tx, { kind: 'quarter', basedOn: 1, effectiveFrom: localDate('2027-01-01'), changes, reason: '示例', at });
      }
      const opened = await this.#app.get(QuarterService, { strict: false }).openings(tx, shanghaiInstant(localDate('2027-02-20'), 9));
      return opened.map(({ open }) => open.quarter);
    });
  }

  get #app(): TestApi['api']['app'] {
    return this.#api.api.app;
  }

  get #db(): Database {
    return this.#app.get(Database, { strict: false });
  }

  async #tenant(): Promise<{ scope: Scope; unitId: string }> {
    const staff = await Staff.of(this.#api);
    const [unit] = await plantClaimants(this.#api, staff, 1);
    return { scope: tenantScope(staff.tenant), unitId: unit!.id };
  }

  /** Opens a project and claims it; answers the last event's type or the refusal's code. */
  async #claim(scope: Scope, unitId: string, values: Policies['microProject']): Promise<string> {
    const id = randomUUID();
    const at = instantFromMs(Date.now());
    const open = await this.#db.within(scope, async (tx) => {
      const community = (await this.#app.get(UnitService, { strict: false }).byCodes(tx, [COMMUNITY])).get(COMMUNITY)!;
      const facts = { proposalId: randomUUID(), communityId: community.id, orgPath: community.orgPath, budgetFen: fen(100) };
      await new ProjectStore().draft(tx, [{ ...facts, id, title: '示例', category: 'elderly', words: [] }], 'MX', at);
      return { ...facts, needs: [randomUUID()], consentNeeded: false };
    });
    const asked = () => ({ id: randomUUID(), actor: SYSTEM_ACTOR, at });
    const policy = { ...pinnedDefault('microProject'), values };
    const told = await this.#publish(scope, id, { ...asked(), type: 'open', ...open, policy, points: pinnedDefault('points') });
    return told === 'opened' ? this.#publish(scope, id, { ...asked(), type: 'claim', unitId }) : told;
  }

  async #publish(scope: Scope, id: string, command: ProjectCommand): Promise<string> {
    const caseId = projectCaseId(id);
    const journal = await this.#app.get(CaseService, { strict: false }).journal(scope.tenant, caseId);
    const before = journal.reduce<ProjectState | undefined>((state, event) => projectMachine.apply(state, event as never), undefined);
    const answer = await this.#app.get(ProjectPublishing, { strict: false }).publish({
      tenant: scope.tenant,
      caseId,
      clockMode: 'live',
      version: journal.length + 1,
      before,
      command,
      proposal: projectMachine.decide(before, command, command.at),
      at: command.at,
    });
    if ('refused' in answer) return answer.refused.code;
    return 'events' in answer ? (answer.events.at(-1)?.type ?? 'nothing') : 'behind';
  }
}
