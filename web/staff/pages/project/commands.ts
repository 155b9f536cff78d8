import { api, read } from '../../../shared/api/client.ts';
import type { KeyHeader } from '../../../shared/api/command.ts';
import type { Schemas } from '../../me.ts';
import type { texts } from './texts.ts';

type TextKey = (typeof texts)['keys'][number];

export type Action = Schemas['ProjectActionList']['items'][number];
export type CommandName = Action['command'];

export type Values = Readonly<Record<string, string | boolean>>;

export interface FieldSpec {
  readonly name: string;
  readonly label: TextKey;
  readonly kind: 'text' | 'unit' | 'date' | 'count' | 'percent' | 'yes' | 'doubtful';
  readonly isOptional?: true;
}

interface Target {
  readonly id: string;
  readonly unitId: string;
  readonly header: KeyHeader;
}

export interface CommandSpec {
  readonly label: TextKey;
  readonly fields: readonly FieldSpec[];
  /** What it brings about that nobody can take back, told before the button. */
  readonly warning?: TextKey;
  /** At the foot of the menu: not the next step of the way. */
  readonly isAside?: true;
  readonly send: (target: Target, values: Values) => Promise<unknown>;
}

/** What may become of ratings that came from one network or at once. */
export const HANDLINGS = ['count', 'leaveOut'] as const;

const text = (name: string, label: TextKey): FieldSpec => ({ name, label, kind: 'text' });
const count = (name: string, label: TextKey): FieldSpec => ({ name, label, kind: 'count' });
const percent = (name: string, label: TextKey): FieldSpec => ({ name, label, kind: 'percent' });

const said = (values: Values, name: string): string => String(values[name] ?? '').trim();
const number = (values: Values, name: string): number => Number(said(values, name));
const optionalNumber = (values: Values, name: string): number | undefined => (said(values, name) === '' ? undefined : number(values, name));

const params = ({ id, header }: Target) => ({ params: { path: { id }, header } });

/** Commands that have a page of their own, below the unit's. */
export const PAGES: Readonly<Partial<Record<CommandName, Pick<CommandSpec, 'label' | 'isAside'> & { readonly page: string }>>> = {
  submitReport: { label: 'report', page: 'report' },
  withdraw: { label: 'do.withdraw', page: 'withdraw', isAside: true },
};

/** What is asked before each command, and how it is sent. Reviews of reports have their own place on the page. */
export const COMMANDS: Readonly<Partial<Record<CommandName, CommandSpec>>> = {
  claim: {
    label: 'do.claim',
    fields: [],
    send: (target) => read(api.POST('/api/v1/projects/{id}/claim', { ...params(target), body: { unitId: target.unitId } })),
  },
  declineOffer: {
    label: 'do.declineOffer',
    fields: [text('reason', 'field.reason')],
    warning: 'warn.declineOffer',
    isAside: true,
    send: (target, values) =>
      read(api.POST('/api/v1/projects/{id}/decline', { ...params(target), body: { unitId: target.unitId, reason: said(values, 'reason') } })),
  },
  agree: {
    label: 'do.agree',
    fields: [
      { name: 'implementerId', label: 'field.implementer', kind: 'unit' },
      { name: 'signedOn', label: 'field.signedOn', kind: 'date' },
      { name: 'startsAtOnce', label: 'field.startsAtOnce', kind: 'yes' },
      { ...text('terms', 'field.terms'), isOptional: true },
    ],
    send: (target, values) => {
      const terms = said(values, 'terms');
      const body = {
        unitId: target.unitId,
        implementerId: said(values, 'implementerId'),
        signedOn: said(values, 'signedOn'),
        startsAtOnce: values['startsAtOnce'] === true,
        ...(terms !== '' && { terms }),
      };
      return read(api.POST('/api/v1/projects/{id}/agree', { ...params(target), body }));
    },
  },
  start: {
    label: 'do.start',
    fields: [],
    send: (target) => read(api.POST('/api/v1/projects/{id}/start', { ...params(target), body: { unitId: target.unitId } })),
  },
  requestAcceptance: {
    label: 'do.requestAcceptance',
    fields: [text('summary', 'field.summary')],
    send: (target, values) =>
      read(api.POST('/api/v1/projects/{id}/request-acceptance', { ...params(target), body: { unitId: target.unitId, summary: said(values, 'summary') } })),
  },
  submitRectification: {
    label: 'do.submitRectification',
    fields: [text('summary', 'field.rectified')],
    send: (target, values) =>
      read(api.POST('/api/v1/projects/{id}/submit-rectification', { ...params(target), body: { unitId: target.unitId, summary: said(values, 'summary') } })),
  },
  recordConsent: {
    label: 'do.recordConsent',
    fields: [
      count('householdsAsked', 'field.householdsAsked'),
      { ...count('householdsVoted', 'field.householdsVoted'), isOptional: true },
      count('householdsAgreed', 'field.householdsAgreed'),
      count('areaAsked', 'field.areaAsked'),
      { ...count('areaVoted', 'field.areaVoted'), isOptional: true },
      count('areaAgreed', 'field.areaAgreed'),
      { name: 'major', label: 'field.major', kind: 'yes' },
      text('reference', 'field.reference'),
    ],
    send: (target, values) => {
      const householdsVoted = optionalNumber(values, 'householdsVoted');
      const areaVoted = optionalNumber(values, 'areaVoted');
      const body = {
        matter: values['major'] === true ? ('major' as const) : ('ordinary' as const),
        householdsAsked: number(values, 'householdsAsked'),
        householdsAgreed: number(values, 'householdsAgreed'),
        areaAsked: number(values, 'areaAsked'),
        areaAgreed: number(values, 'areaAgreed'),
        reference: said(values, 'reference'),
        ...(householdsVoted !== undefined && { householdsVoted }),
        ...(areaVoted !== undefined && { areaVoted }),
      };
      return read(api.POST('/api/v1/projects/{id}/consent', { ...params(target), body }));
    },
  },
  accept: {
    label: 'do.accept',
    fields: [text('finding', 'field.finding')],
    send: (target, values) => read(api.POST('/api/v1/projects/{id}/accept', { ...params(target), body: { finding: said(values, 'finding') } })),
  },
  requireRectification: {
    label: 'do.requireRectification',
    fields: [text('reason', 'field.rectify')],
    warning: 'warn.requireRectification',
    isAside: true,
    send: (target, values) =>
      read(api.POST('/api/v1/projects/{id}/require-rectification', { ...params(target), body: { reason: said(values, 'reason') } })),
  },
  evaluate: {
    label: 'do.evaluate',
    fields: [
      percent('completion', 'field.completion'),
      percent('quality', 'field.quality'),
      percent('finance', 'field.finance'),
      percent('sustainability', 'field.sustainability'),
      { name: 'proposeAward', label: 'field.proposeAward', kind: 'yes' },
      { name: 'doubtfulRatings', label: 'field.doubtfulRatings', kind: 'doubtful', isOptional: true },
      { ...text('remark', 'field.remark'), isOptional: true },
    ],
    send: (target, values) => {
      const doubtful = HANDLINGS.find((it) => it === values['doubtfulRatings']);
      const remark = said(values, 'remark');
      const body = {
        completion: number(values, 'completion'),
        quality: number(values, 'quality'),
        finance: number(values, 'finance'),
        sustainability: number(values, 'sustainability'),
        proposeAward: values['proposeAward'] === true,
        ...(doubtful && { doubtfulRatings: doubtful }),
        ...(remark !== '' && { remark }),
      };
      return read(api.POST('/api/v1/projects/{id}/evaluate', { ...params(target), body }));
    },
  },
  assignUnclaimed: {
    label: 'do.assignUnclaimed',
    fields: [{ name: 'unitId', label: 'field.unit', kind: 'unit' }, text('meetingReference', 'field.meetingReference')],
    send: (target, values) =>
      read(
        api.POST('/api/v1/projects/{id}/assign', {
          ...params(target),
          body: { unitId: said(values, 'unitId'), meetingReference: said(values, 'meetingReference') },
        }),
      ),
  },
  closeWithoutAward: {
    label: 'do.closeWithoutAward',
    fields: [text('reason', 'field.reason')],
    warning: 'warn.closeWithoutAward',
    isAside: true,
    send: (target, values) =>
      read(api.POST('/api/v1/projects/{id}/close-without-award', { ...params(target), body: { reason: said(values, 'reason') } })),
  },
  suspend: {
    label: 'do.suspend',
    fields: [text('reason', 'field.reason')],
    isAside: true,
    send: (target, values) => read(api.POST('/api/v1/projects/{id}/suspend', { ...params(target), body: { reason: said(values, 'reason') } })),
  },
  resume: {
    label: 'do.resume',
    fields: [],
    send: (target) => read(api.POST('/api/v1/projects/{id}/resume', { ...params(target), body: {} })),
  },
  cancel: {
    label: 'do.cancel',
    fields: [text('reason', 'field.reason')],
    warning: 'warn.cancel',
    isAside: true,
    send: (target, values) => read(api.POST('/api/v1/projects/{id}/cancel', { ...params(target), body: { reason: said(values, 'reason') } })),
  },
};
