import { startTestApi, type TestApi } from '../../support/api.ts';
import { COMMUNITY, plantClaimants, type Claimant } from '../../support/claimants.ts';
import { plantProposals } from '../../support/proposals.ts';
import { Staff, type StaffMember } from '../../support/staff.ts';
import { World } from './world.ts';

/** A world and the people in it; its own processes do not run yet. */
export class Town {
  readonly world: World;
  readonly tenant: Staff['tenant'];
  readonly manager: StaffMember;
  readonly worker: StaffMember;
  readonly units: readonly Claimant[];
  /** Each may become one project. */
  readonly proposals: string[];

  private constructor(parts: Pick<Town, 'world' | 'tenant' | 'manager' | 'worker' | 'units' | 'proposals'>) {
    this.world = parts.world;
    this.tenant = parts.tenant;
    this.manager = parts.manager;
    this.worker = parts.worker;
    this.units = parts.units;
    this.proposals = parts.proposals;
  }

  static async create(
    count: { readonly units: number; readonly proposals: number },
    settings: Readonly<Record<string, string>> = {},
  ): Promise<Town> {
    const world = await World.create(settings);
    const api = await inside(world);
    try {
      const staff = await Staff.of(api);
      return new Town({
        world,
        tenant: staff.tenant,
        manager: await staff.member('manager'),
        worker: await staff.member('communityWorker'),
        units: await plantClaimants(api, staff, count.units),
        proposals: await plantProposals(api.api.app, staff.tenant, COMMUNITY, count.proposals),
      });
    } finally {
      await api.stop();
    }
  }
}

/** An API in this process with the same keys, database and port as the ones that are killed. */
export function inside(world: World): Promise<TestApi> {
  return startTestApi({ database: { url: world.env['DATABASE_URL'] ?? '' }, env: world.env });
}
