import type { ComponentType } from 'react';

export interface Page {
  readonly path: string;
  /** The permission without which the page explains itself instead of opening; of several one is enough. */
  readonly needs?: string | readonly string[];
  /** Who works on it, for those who may not open it: whom to ask. */
  readonly usedBy: readonly string[];
  /** Questions that the page begins with when its address says nothing more, asked while its code is on its way (`main.ts`); `:id` as in `path`. */
  readonly begins?: readonly string[];
  readonly load: () => Promise<{ default: ComponentType }>;
}

const OFFICE = ['manager', 'communityWorker', 'leader', 'auditor'];
const UNIT = ['unit'];
const TRIAGE = ['manager', 'communityWorker'];
const ACCOUNTS = ['securityAdministrator', 'auditor', 'auditAdministrator'];
const PEOPLE = [...ACCOUNTS, 'manager', 'communityWorker', 'leader'];
const UNITS = ['manager', 'securityAdministrator', 'systemAdministrator'];
const POLICY = ['manager', 'leader', 'auditor', 'systemAdministrator'];
const AUDIT = ['auditor', 'auditAdministrator'];

/**
 * One line a page; its code and texts are loaded when it is opened. The first part of a path must be in
 * `web/page-addresses.json`, by which the server knows a page from a mistyped address.
 */
export const pages: readonly Page[] = [
  { path: '/account', usedBy: [], load: () => import('./pages/account/page.tsx') },
  { path: '/exports', usedBy: [], load: () => import('./pages/exports/page.tsx') },
  { path: '/admin/accounts', needs: ['accounts.read', 'people.read'], usedBy: PEOPLE, load: () => import('./pages/accounts/page.tsx') },
  { path: '/admin/accounts/:id', needs: ['accounts.read', 'people.read'], usedBy: PEOPLE, load: () => import('./pages/person/page.tsx') },
  { path: '/admin/units', needs: 'units.read', usedBy: UNITS, load: () => import('./pages/org-units/page.tsx') },
  { path: '/admin/units/import', needs: 'units.manage', usedBy: ['manager'], load: () => import('./pages/unit-import/page.tsx') },
  { path: '/admin/units/:id', needs: 'units.read', usedBy: UNITS, load: () => import('./pages/org-unit/page.tsx') },
  { path: '/admin/calendar', usedBy: [], load: () => import('./pages/calendar/page.tsx') },
  { path: '/policy', needs: 'policy.read', usedBy: POLICY, load: () => import('./pages/policies/page.tsx') },
  { path: '/policy/:kind/:version', needs: 'policy.read', usedBy: POLICY, load: () => import('./pages/policy-version/page.tsx') },
  { path: '/policy/:kind/:version/cases', needs: 'projects.read', usedBy: ['manager', 'leader', 'auditor'], load: () => import('./pages/policy-cases/page.tsx') },
  { path: '/audit', needs: 'audit.read', usedBy: AUDIT, load: () => import('./pages/audit/page.tsx') },
  { path: '/audit/chain', needs: 'audit.read', usedBy: AUDIT, load: () => import('./pages/audit-chain/page.tsx') },
  { path: '/audit/reveals', needs: 'audit.read', usedBy: AUDIT, load: () => import('./pages/audit-reveals/page.tsx') },
  { path: '/audit/cases', needs: 'projects.read', usedBy: ['auditor'], load: () => import('./pages/audit-cases/page.tsx') },
  { path: '/audit/cases/:id', needs: 'projects.read', usedBy: ['auditor'], load: () => import('./pages/audit-case/page.tsx') },
  { path: '/admin/retention', needs: 'policy.read', usedBy: POLICY, load: () => import('./pages/retention/page.tsx') },
  { path: '/admin/system', needs: 'system.recover', usedBy: ['systemAdministrator'], load: () => import('./pages/system/page.tsx') },
  { path: '/today', needs: 'projects.read', usedBy: OFFICE, begins: ['/api/v1/today', '/api/v1/waits?turn=mine&limit=8', '/api/v1/waits?turn=other&late=false&limit=1'], load: () => import('./pages/today/page.tsx') },
  { path: '/needs', needs: 'people.read', usedBy: OFFICE, begins: ['/api/v1/needs?limit=50'], load: () => import('./pages/needs/page.tsx') },
  { path: '/needs/triage', needs: 'people.read', usedBy: TRIAGE, begins: ['/api/v1/needs?state=raised&sort=urgency&limit=50'], load: () => import('./pages/triage/page.tsx') },
  { path: '/needs/surveys', needs: 'people.read', usedBy: OFFICE, begins: ['/api/v1/surveys?limit=50'], load: () => import('./pages/surveys/page.tsx') },
  { path: '/needs/surveys/:id', needs: 'people.read', usedBy: OFFICE, load: () => import('./pages/survey/page.tsx') },
  { path: '/needs/surveys/:id/answer', needs: 'needs.triage', usedBy: TRIAGE, load: () => import('./pages/survey-answer/page.tsx') },
  { path: '/needs/submissions', needs: 'people.read', usedBy: OFFICE, load: () => import('./pages/submissions/page.tsx') },
  { path: '/needs/rights', needs: 'people.read', usedBy: OFFICE, load: () => import('./pages/rights/page.tsx') },
  { path: '/needs/new', needs: 'needs.triage', usedBy: TRIAGE, load: () => import('./pages/register/page.tsx') },
  { path: '/needs/import', needs: 'needs.triage', usedBy: TRIAGE, load: () => import('./pages/import/page.tsx') },
  { path: '/needs/import/:id', needs: 'needs.triage', usedBy: TRIAGE, load: () => import('./pages/imported/page.tsx') },
  { path: '/needs/proposals', needs: 'people.read', usedBy: OFFICE, begins: ['/api/v1/proposals?limit=50'], load: () => import('./pages/proposals/page.tsx') },
  { path: '/needs/proposals/:id', needs: 'people.read', usedBy: OFFICE, load: () => import('./pages/proposal/page.tsx') },
  { path: '/lists/:kind', needs: 'needs.read', usedBy: OFFICE, begins: ['/api/v1/lists/:kind?limit=50'], load: () => import('./pages/lists/page.tsx') },
  { path: '/offers', needs: 'offers.read', usedBy: OFFICE, begins: ['/api/v1/offers?limit=50'], load: () => import('./pages/offers/page.tsx') },
  { path: '/offers/:id', needs: 'offers.read', usedBy: OFFICE, load: () => import('./pages/offer/page.tsx') },
  { path: '/waits', needs: 'projects.read', usedBy: OFFICE, begins: ['/api/v1/waits?limit=50'], load: () => import('./pages/waits/page.tsx') },
  { path: '/projects', needs: 'projects.read', usedBy: OFFICE, begins: ['/api/v1/projects?sort=due&limit=50'], load: () => import('./pages/projects/page.tsx') },
  { path: '/projects/:id', needs: 'projects.read', usedBy: OFFICE, begins: ['/api/v1/projects/:id', '/api/v1/projects/:id/stage', '/api/v1/projects/:id/actions'], load: () => import('./pages/project/page.tsx') },
  { path: '/matching', needs: 'matching.read', usedBy: OFFICE, begins: ['/api/v1/matching-runs?limit=30'], load: () => import('./pages/matching/page.tsx') },
  { path: '/matching/:id', needs: 'matching.read', usedBy: OFFICE, load: () => import('./pages/matching-run/page.tsx') },
  { path: '/quarters', needs: 'meetings.read', usedBy: OFFICE, load: () => import('./pages/quarters/page.tsx') },
  { path: '/quarters/:communityId/:quarter', needs: 'meetings.read', usedBy: OFFICE, load: () => import('./pages/quarter/page.tsx') },
  { path: '/unit', needs: 'projects.claim', usedBy: UNIT, load: () => import('./pages/unit/home/page.tsx') },
  { path: '/unit/offers', needs: 'projects.claim', usedBy: UNIT, load: () => import('./pages/unit/offers/page.tsx') },
  { path: '/unit/open', needs: 'projects.claim', usedBy: UNIT, load: () => import('./pages/unit/open/page.tsx') },
  { path: '/unit/honours', needs: 'projects.claim', usedBy: UNIT, load: () => import('./pages/unit/honours/page.tsx') },
  { path: '/unit/notices', needs: 'projects.claim', usedBy: UNIT, load: () => import('./pages/unit/notices/page.tsx') },
  { path: '/unit/resources', needs: 'projects.claim', usedBy: UNIT, load: () => import('./pages/unit/resources/page.tsx') },
  { path: '/unit/projects/:id/contribute', needs: 'projects.claim', usedBy: UNIT, load: () => import('./pages/unit/contribute/page.tsx') },
  { path: '/unit/projects/:id/withdraw', needs: 'projects.claim', usedBy: UNIT, load: () => import('./pages/unit/withdraw/page.tsx') },
  { path: '/unit/projects/:id/report', needs: 'projects.report', usedBy: UNIT, load: () => import('./pages/unit/report/page.tsx') },
  { path: '/unit/projects/:id/report/:quarter', needs: 'projects.report', usedBy: UNIT, load: () => import('./pages/unit/report/page.tsx') },
  { path: '/awards', needs: 'evaluation.read', usedBy: OFFICE, begins: ['/api/v1/awards?limit=50'], load: () => import('./pages/awards/page.tsx') },
  { path: '/awards/:id', needs: 'evaluation.read', usedBy: OFFICE, load: () => import('./pages/award/page.tsx') },
  { path: '/insights/loop-report', needs: 'insights.read', usedBy: OFFICE, load: () => import('./pages/loop-report/page.tsx') },
  { path: '/org', needs: 'projects.report', usedBy: ['applicant'], load: () => import('./pages/org/page.tsx') },
];

/** Which page an address (a path without its query) leads to; no router is needed to know it. */
export function pageAt(pathname: string): Page | undefined {
  const given = pathname.split('/');
  return pages.find(({ path }) => {
    const wanted = path.split('/');
    return wanted.length === given.length && wanted.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]));
  });
}

export function isPage(address: string): boolean {
  return pageAt(address.split('?')[0] ?? '') !== undefined;
}
