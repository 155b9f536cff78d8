import { hasRole, type Me } from '../me.ts';
import type { texts } from './texts.ts';

type Label = (typeof texts)['keys'][number];

export interface NavigationItem {
  readonly label: Label;
  readonly to: string;
}

interface Workplace {
  readonly roles: readonly string[];
  readonly items: readonly NavigationItem[];
  /** Behind 更多. */
  readonly more?: readonly NavigationItem[];
}

const item = (label: Label, to: string): NavigationItem => ({ label, to });

/** Who works where, most specific first; somebody with several roles gets the places of all of them, each once. */
const WORKPLACES: readonly Workplace[] = [
  {
    roles: ['manager', 'leader'],
    items: [
      item('nav.today', '/today'),
      item('nav.needs', '/needs'),
      item('nav.lists', '/lists/needs'),
      item('nav.matching', '/matching'),
      item('nav.projects', '/projects'),
      item('nav.quarters', '/quarters'),
      item('nav.rounds', '/rounds'),
    ],
    more: [
      item('nav.waits', '/waits'),
      item('nav.meetings', '/meetings'),
      item('nav.awards', '/awards'),
      item('nav.loopReport', '/insights/loop-report'),
      item('nav.units', '/admin/units'),
      item('nav.calendar', '/admin/calendar'),
      item('nav.payments', '/payments'),
      item('nav.policy', '/policy'),
      item('nav.audit', '/audit'),
      item('nav.retention', '/admin/retention'),
      item('nav.exports', '/exports'),
    ],
  },
  {
    roles: ['communityWorker'],
    items: [
      item('nav.today', '/today'),
      item('nav.triage', '/needs/triage'),
      item('nav.register', '/needs/new'),
      item('nav.projects', '/projects'),
      item('nav.meetings', '/meetings'),
    ],
    more: [
      item('nav.waits', '/waits'),
      item('nav.lists', '/lists/needs'),
      item('nav.quarters', '/quarters'),
      item('nav.people', '/admin/accounts'),
      item('nav.exports', '/exports'),
    ],
  },
  {
    roles: ['unit'],
    items: [
      item('nav.mine', '/unit'),
      item('nav.offers', '/unit/offers'),
      item('nav.open', '/unit/open'),
      item('nav.honours', '/unit/honours'),
      item('nav.publicNotices', '/unit/notices'),
    ],
  },
  {
    roles: ['applicant'],
    items: [item('nav.carriedOut', '/org'), item('nav.applications', '/org/applications'), item('nav.tranches', '/org/tranches'), item('nav.notices', '/org/notices')],
  },
  { roles: ['reviewer'], items: [item('nav.review', '/review')] },
  {
    roles: ['fundPreparer', 'fundApprover'],
    items: [
      item('nav.payments', '/payments'),
      item('nav.custody', '/payments/custody'),
      item('nav.reconcile', '/payments/reconcile'),
    ],
    more: [item('nav.waits', '/waits')],
  },
  {
    roles: ['auditor', 'auditAdministrator'],
    items: [item('nav.audit', '/audit'), item('nav.cases', '/audit/cases'), item('nav.chain', '/audit/chain'), item('nav.policy', '/policy')],
    more: [item('nav.waits', '/waits'), item('nav.retention', '/admin/retention'), item('nav.exports', '/exports')],
  },
  {
    roles: ['securityAdministrator'],
    items: [item('nav.accounts', '/admin/accounts'), item('nav.units', '/admin/units'), item('nav.calendar', '/admin/calendar')],
    more: [item('nav.exports', '/exports')],
  },
  {
    roles: ['systemAdministrator'],
    items: [
      item('nav.system', '/admin/system'),
      item('nav.calendar', '/admin/calendar'),
      item('nav.units', '/admin/units'),
      item('nav.policy', '/policy'),
      item('nav.retention', '/admin/retention'),
    ],
  },
];

export interface Navigation {
  readonly items: readonly NavigationItem[];
  readonly more: readonly NavigationItem[];
}

/** Of the places that this reader has, those that there is a page for. */
export function navigationFor(me: Me, isPage: (path: string) => boolean): Navigation {
  const places = WORKPLACES.filter(({ roles }) => hasRole(me, ...roles));
  const seen = new Set<string>();
  const fresh = ({ to }: NavigationItem): boolean => isPage(to) && !seen.has(to) && seen.add(to) !== undefined;
  const items = places.flatMap((place) => place.items).filter(fresh);
  const more = places.flatMap((place) => place.more ?? []).filter(fresh);
  return { items, more };
}

/** Where this reader's work begins; undefined = nowhere. */
export function homeOf(me: Me, isPage: (path: string) => boolean): string | undefined {
  const { items, more } = navigationFor(me, isPage);
  return [...items, ...more][0]?.to;
}

/** Residents without an office have their own pages, which need no account. */
export const RESIDENTS_HOME = '/p';
