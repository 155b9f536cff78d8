import type { Permission } from '../../accounts/model.ts';
import { within, type OrgPath } from '../../kernel/scope.ts';
import { legal, type LaterCommandType, type Status } from '../lifecycle/model.ts';

/** What people, not the engine, ask of one project; an import is taken back as a whole. */
export type Action = Exclude<
  LaterCommandType,
  'undoTakeOver' | 'offer' | 'list' | 'reward' | 'expireOffer' | 'lapseClaim' | 'markLate' | 'recount' | 'close'
>;

/**
 * Who may: the office of the project's place; the unit it is offered to, or any while it is listed; the unit that leads it.
 */
type Who = 'office' | 'invited' | 'lead';

const RULES: Readonly<Record<Action, { readonly permission: Permission; readonly who: Who }>> = {
  claim: { permission: 'projects.claim', who: 'invited' },
  declineOffer: { permission: 'projects.claim', who: 'invited' },
  agree: { permission: 'projects.claim', who: 'lead' },
  start: { permission: 'projects.claim', who: 'lead' },
  submitReport: { permission: 'projects.report', who: 'lead' },
  requestAcceptance: { permission: 'projects.report', who: 'lead' },
  submitRectification: { permission: 'projects.report', who: 'lead' },
  withdraw: { permission: 'projects.claim', who: 'lead' },
  recordConsent: { permission: 'projects.accept', who: 'office' },
  acceptReport: { permission: 'projects.accept', who: 'office' },
  returnReport: { permission: 'projects.accept', who: 'office' },
  accept: { permission: 'projects.accept', who: 'office' },
  requireRectification: { permission: 'projects.accept', who: 'office' },
  evaluate: { permission: 'evaluation.grade', who: 'office' },
  assignUnclaimed: { permission: 'projects.confirm', who: 'office' },
  waiveReport: { permission: 'projects.confirm', who: 'office' },
  closeWithoutAward: { permission: 'projects.confirm', who: 'office' },
  suspend: { permission: 'projects.confirm', who: 'office' },
  resume: { permission: 'projects.confirm', who: 'office' },
  cancel: { permission: 'projects.confirm', who: 'office' },
};

export const ACTIONS = Object.keys(RULES) as Action[];

export interface Standing {
  readonly status: Status;
  readonly orgPath: OrgPath;
  readonly offeredTo: string | null;
  readonly leadUnit: string | null;
}

export interface Holder {
  /** Places at which the permission is held. */
  readonly placesOf: (permission: Permission) => readonly OrgPath[];
  /** Units that the holder may act for, by their places. */
  readonly units: readonly { readonly id: string; readonly orgPath: OrgPath }[];
}

export interface OpenAction {
  readonly command: Action;
  /** Of the body acted for; null where the office acts. */
  readonly unitId: string | null;
}

/** What this person may do next, in the order of `ACTIONS`; the command itself is checked again when it comes. */
export function openActions(project: Standing, holder: Holder): OpenAction[] {
  return ACTIONS.filter((command) => legal[command].includes(project.status)).flatMap((command): OpenAction[] => {
    const { permission, who } = RULES[command];
    const places = holder.placesOf(permission);
    if (who === 'office') return places.some((place) => within(project.orgPath, place)) ? [{ command, unitId: null }] : [];
    return holder.units
      .filter(({ id, orgPath }) => places.some((place) => within(orgPath, place)) && isConcerned(project, who, id, command))
      .map(({ id }) => ({ command, unitId: id }));
  });
}

function isConcerned({ status, offeredTo, leadUnit }: Standing, who: 'invited' | 'lead', unitId: string, command: Action): boolean {
  if (who === 'lead') return leadUnit === unitId;
  return offeredTo === unitId || (status === 'listed' && command === 'claim');
}
