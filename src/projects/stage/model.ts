import type { Track } from '../../cases/stage/model.ts';
import { legal, type ProjectProposal, type ProjectState, type Status } from '../lifecycle/model.ts';

/** `opened` is done with the first event. */
const STEPS = ['opened', 'consent', 'claim', 'agree', 'implement', 'accept', 'evaluate', 'award', 'close'] as const;

type Step = (typeof STEPS)[number];

const STEP_OF: Readonly<Record<Exclude<Status, 'suspended' | 'cancelled' | 'closed'>, Step>> = {
  consent: 'consent',
  seeking: 'claim',
  offered: 'claim',
  listed: 'claim',
  claimed: 'agree',
  agreed: 'agree',
  implementing: 'implement',
  acceptance: 'accept',
  rectifying: 'accept',
  accepted: 'evaluate',
  evaluated: 'award',
  rewarded: 'close',
};

function stepOf({ status, suspendedFrom }: ProjectState): Step | undefined {
  if (status === 'suspended') return stepOf({ status: suspendedFrom ?? 'implementing' } as ProjectState);
  return status === 'closed' || status === 'cancelled' ? undefined : STEP_OF[status];
}

export const projectTrack: Track<ProjectState, ProjectProposal> = {
  kind: 'microProject',
  steps: STEPS,
  stepOf,
  optional: ['consent', 'award'],
  endings: { cancelled: 'cancelled', takeOverUndone: 'undone' },
  count: ({ reports }, step) => {
    const all = Object.values(reports).filter(({ status }) => status !== 'waived');
    if (step !== 'implement' || all.length === 0) return undefined;
    return { done: all.filter(({ status }) => status === 'accepted').length, of: all.length };
  },
  expected: ({ policy: { values } }, step) => {
    const workdays: Partial<Record<string, number>> = {
      consent: values.consentWorkdays,
      claim: values.claimWorkdays,
      agree: values.agreementWorkdays,
      accept: values.acceptanceWorkdays,
      evaluate: values.evaluationWorkdays,
    };
    if (step === 'close') return { n: 0, unit: 'day' };
    const n = workdays[step];
    return n === undefined ? undefined : { n, unit: 'workday' };
  },
  actions: {
    consent: 'recordConsent',
    offer: 'claim',
    claim: 'assignUnclaimed',
    agreement: 'agree',
    start: 'start',
    implementation: 'requestAcceptance',
    report: 'submitReport',
    review: 'acceptReport',
    acceptance: 'accept',
    rectification: 'submitRectification',
    evaluation: 'evaluate',
    award: 'closeWithoutAward',
    resumption: 'resume',
  } satisfies Record<string, keyof typeof legal>,
  events: {
    opened: 'everyone',
    takenOver: 'everyone',
    takeOverUndone: 'concerned',
    consentRecorded: 'everyone',
    offered: 'concerned',
    listed: 'everyone',
    claimed: 'everyone',
    offerDeclined: 'concerned',
    offerExpired: 'concerned',
    assigned: 'everyone',
    claimLapsed: 'concerned',
    withdrawn: 'concerned',
    agreed: 'everyone',
    started: 'everyone',
    reportSubmitted: 'concerned',
    reportReturned: 'concerned',
    reportAccepted: 'everyone',
    reportWaived: 'concerned',
    acceptanceRequested: 'everyone',
    accepted: 'everyone',
    rectificationRequired: 'concerned',
    rectificationSubmitted: 'concerned',
    evaluated: 'everyone',
    rewarded: 'everyone',
    awardForgone: 'concerned',
    suspended: 'everyone',
    resumed: 'everyone',
    cancelled: 'everyone',
    calendarRecounted: 'concerned',
    waitLate: 'concerned',
    closed: 'everyone',
  },
  sides: {
    claimLapsed: { side: 'lapsed', does: 'marks' },
    withdrawn: { side: 'withdrawn', does: 'marks' },
    rectificationRequired: { side: 'rectifying', does: 'opens' },
    rectificationSubmitted: { side: 'rectifying', does: 'closes' },
    suspended: { side: 'suspended', does: 'opens' },
    resumed: { side: 'suspended', does: 'closes' },
    cancelled: { side: 'cancelled', does: 'marks' },
  },
  facts: (event) => ({
    ...('unitId' in event && { unit: event.unitId }),
    params: { ...('quarter' in event && { quarter: event.quarter }) },
  }),
  publicSteps: [
    ['received', []],
    ['verified', ['opened']],
    ['matched', ['consent', 'claim', 'agree']],
    ['handled', ['implement', 'accept']],
    ['settled', ['evaluate', 'award', 'close']],
  ],
};
