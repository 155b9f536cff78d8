import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { permissionsOf, ROLES, type Permission, type Role } from '../../../src/accounts/model.ts';
import { orgPath, type OrgPath } from '../../../src/kernel/scope.ts';
import { ACTIONS, openActions, type Action, type Standing } from '../../../src/projects/actions/model.ts';
import { FINAL, legal, type Status } from '../../../src/projects/lifecycle/model.ts';

const HERE = orgPath('/street/c1/');
const LEAD = { id: 'lead', orgPath: orgPath('/units/lead/') };
const OTHER = { id: 'other', orgPath: orgPath('/units/other/') };

const project = (status: Status, offeredTo: string | null = null): Standing => ({ status, orgPath: HERE, offeredTo, leadUnit: status === 'listed' ? null : 'lead' });

function holder(role: Role, place: OrgPath, units: readonly { id: string; orgPath: OrgPath }[] = [LEAD, OTHER]) {
  const held: readonly Permission[] = permissionsOf(role);
  return { placesOf: (permission: Permission) => (held.includes(permission) ? [place] : []), units };
}

const commands = (standing: Standing, role: Role, place: OrgPath): Action[] => openActions(standing, holder(role, place)).map(({ command }) => command);
const status = fc.constantFrom(...(Object.values(legal).flat() as Status[]), ...FINAL);

describe('what a person may do next', () => {
  it('is legal in the project’s status, for every role at every place', () => {
    fc.assert(
      fc.property(status, fc.constantFrom(...(Object.keys(ROLES) as Role[])), fc.constantFrom(HERE, orgPath('/'), LEAD.orgPath, OTHER.orgPath), (at, role, place) => {
        for (const command of commands(project(at, 'other'), role, place)) expect(legal[command]).toContain(at);
      }),
    );
  });

  it('is for the office of the place alone, not for one elsewhere', () => {
    expect(commands(project('acceptance'), 'communityWorker', HERE)).toEqual(['acceptReport', 'returnReport', 'accept', 'requireRectification']);
    expect(commands(project('acceptance'), 'communityWorker', orgPath('/street/c2/'))).toEqual([]);
    expect(commands(project('suspended'), 'manager', orgPath('/street/'))).toEqual(['waiveReport', 'resume', 'cancel']);
  });

  it('is for the lead alone, the unit it is offered to, or any unit while it is listed', () => {
    expect(commands(project('implementing'), 'unit', LEAD.orgPath)).toEqual(['submitReport', 'requestAcceptance', 'withdraw']);
    expect(commands(project('implementing'), 'unit', OTHER.orgPath)).toEqual([]);
    expect(openActions(project('offered', 'other'), holder('unit', OTHER.orgPath))).toEqual([
      { command: 'claim', unitId: 'other' },
      { command: 'declineOffer', unitId: 'other' },
    ]);
    expect(commands(project('offered', 'other'), 'unit', LEAD.orgPath)).toEqual([]);
    expect(commands(project('listed'), 'unit', LEAD.orgPath)).toEqual(['claim']);
  });

  it('is open to some role at some time, whatever the command', () => {
    const open = new Set(
      (Object.keys(ROLES) as Role[]).flatMap((role) =>
        Object.values(legal)
          .flat()
          .flatMap((at) => [HERE, LEAD.orgPath].flatMap((place) => commands(project(at, 'lead'), role, place))),
      ),
    );
    expect([...open].sort()).toEqual([...ACTIONS].sort());
  });
});
