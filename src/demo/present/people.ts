import { TenantService } from '../../accounts/service.ts';
import { tenantScope } from '../../kernel/scope.ts';
import { ORGANISATION_LOGIN, RESIDENT_LOGIN, UNIT_LOGINS } from '../accounts.ts';
import { pages, type Place } from '../office.ts';
import { loginsOf, memberOf, pathOf, signedIn, withToken, type Stage } from '../people.ts';
import type { Sender } from '../sender.ts';

export interface UnitSender {
  readonly unit: Place;
  readonly sender: Sender;
}

export interface PresentCast {
  readonly manager: Sender;
  readonly worker: Sender;
  readonly resident: Sender;
  readonly units: readonly UnitSender[];
  /** Carries projects out for the units. */
  readonly organisation: Place;
  readonly communities: readonly Place[];
}

/** Gives three units, a social organisation and a resident an account with the sample's password; a repeat finds them. */
export async function presentCast(stage: Stage): Promise<PresentCast> {
  const manager = await withToken(stage, 'manager', 'manager');
  const places = await pages<Place>(manager, '/api/v1/org-units');
  const communities = places.filter(({ kind }) => kind === 'community');
  const units = (await withRoom(manager, places)).slice(0, UNIT_LOGINS.length);
  const home = communities[0];
  const organisation = places.find(({ kind }) => kind === 'socialOrganization');
  if (!home || !organisation || units.length < UNIT_LOGINS.length) {
    throw new Error('the sample needs a community, a social organisation and three co-building units');
  }
  const members = [
    ...units.map(({ code, orgPath }, index) => ({
      ...memberOf(UNIT_LOGINS[index]!, 'unit', pathOf(orgPath), stage.password),
      unit: code,
    })),
    { ...memberOf(ORGANISATION_LOGIN, 'applicant', pathOf(organisation.orgPath), stage.password), unit: organisation.code },
    memberOf(RESIDENT_LOGIN, 'resident', pathOf(home.orgPath), stage.password),
  ];
  const known = await loginsOf(stage.app, stage.tenant);
  const fresh = members.filter(({ login }) => !known.has(login));
  await stage.app.get(TenantService, { strict: false }).enrol(tenantScope(stage.tenant), fresh);
  const senders: UnitSender[] = [];
  for (const [index, unit] of units.entries()) senders.push({ unit, sender: await withToken(stage, UNIT_LOGINS[index]!, 'unit') });
  return {
    manager,
    worker: await withToken(stage, 'worker', 'communityWorker'),
    resident: await signedIn(stage, RESIDENT_LOGIN),
    units: senders,
    organisation,
    communities,
  };
}

/** A unit's earlier offers come first: who has offered least can still place a new one. */
async function withRoom(manager: Sender, places: readonly Place[]): Promise<Place[]> {
  const offers = await pages<{ unitId: string; sourceNumber: string | null; capacity: number }>(manager, '/api/v1/offers');
  const offered = (unit: Place): number =>
    offers.filter(({ unitId, sourceNumber }) => unitId === unit.id && sourceNumber !== null).reduce((sum, { capacity }) => sum + capacity, 0);
  return places.filter(({ kind }) => kind === 'coBuildingUnit').sort((a, b) => offered(a) - offered(b));
}
