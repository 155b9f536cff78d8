import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { OrgUnit } from '../accounts/units/model.ts';
import { UnitService } from '../accounts/units/service.ts';
import type { Quarter } from '../calendar/model.ts';
import { CaseCommands, type Asked } from '../cases/commands.ts';
import { FileService } from '../files/service.ts';
import { refuse } from '../kernel/refusal.ts';
import { within, type Scope } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import { canonicalJson, type CanonicalValue } from '../platform/crypto/canonical.ts';
import type { Tx } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { deriveId, hashOf } from '../platform/ids.ts';
import { PolicyService } from '../policy/service.ts';
import { assertConsented } from './consent/model.ts';
import { legal, type ProjectCommand } from './lifecycle/model.ts';
import { PROJECT_WORKFLOW, projectCaseId } from './messages.ts';
import { projectMachine } from './model.ts';
import { ProjectOpening, projectIdFor } from './opening/service.ts';
import type * as schemas from './schemas.ts';
import { ProjectStore, type Project } from './store.ts';

export interface Act {
  readonly caller: Caller;
  readonly key: RequestKey;
  readonly id: string;
}

type Body<Schema extends z.ZodType> = z.output<Schema>;
type Context = {
  readonly tx: Tx;
  readonly project: Project;
  /** For whom it is done, if for a unit. */
  readonly unit: OrgUnit | undefined;
  readonly scope: Scope;
  readonly at: Instant;
};

/** What may be asked of a micro-project from outside: authorise on the loaded row, store the text, ask the case. */
@Injectable()
export class ProjectCommands {
  readonly #cases: CaseCommands;
  readonly #store: ProjectStore;
  readonly #units: UnitService;
  readonly #opening: ProjectOpening;
  readonly #policy: PolicyService;
  readonly #files: FileService;

  constructor(cases: CaseCommands, store: ProjectStore, units: UnitService, opening: ProjectOpening, policy: PolicyService, files: FileService) {
    this.#cases = cases;
    this.#policy = policy;
    this.#files = files;
    this.#opening = opening;
    this.#store = store;
    this.#units = units;
  }

  /** By hand: a proposal outside any matching run, offered to a unit or put on the open list. */
  async open({ caller, key }: Omit<Act, 'id'>, { proposalId, unitId }: Body<typeof schemas.ProjectToOpen>): Promise<Project> {
    const scope = scopeFor(caller, 'projects.confirm');
    const id = projectIdFor(key.commandId, proposalId);
    return this.#cases.open<ProjectCommand, Project>({
      caller,
      scope,
      key,
      caseId: projectCaseId(id),
      kind: projectMachine.kind,
      starts: PROJECT_WORKFLOW,
      prepare: async (tx) => {
        if (unitId) await this.#units.get(tx, unitId);
        const intent = { commandId: key.commandId, actor: caller.actor };
        const [input] = await this.#opening.draft(tx, [{ proposalId, unitId: unitId ?? null }], intent);
        return input!.open;
      },
      view: (tx) => this.#load(tx, id),
    });
  }

  claim(act: Act, { unitId }: Body<typeof schemas.ForUnit>): Promise<Project> {
    return this.#forUnit(act, 'projects.claim', unitId, () => ({ type: 'claim', unitId }), {
      precheck: async (tx) => {
        const project = await this.#store.byId(tx, act.id);
        const open: readonly string[] = legal.claim;
        if (project && !open.includes(project.status)) {
          refuse('PROJECT_STATE', 'state', { status: project.status, command: 'claim' });
        }
      },
    });
  }

  declineOffer(act: Act, { unitId, reason }: Body<typeof schemas.ForUnitWithReason>): Promise<Project> {
    const content = { kind: 'decline', body: { reason } };
    return this.#forUnit(act, 'projects.claim', unitId, () => ({ type: 'declineOffer', unitId }), { content });
  }

  withdraw(act: Act, { unitId, reason }: Body<typeof schemas.ForUnitWithReason>): Promise<Project> {
    const content = { kind: 'withdrawal', body: { reason } };
    return this.#forUnit(act, 'projects.claim', unitId, () => ({ type: 'withdraw', unitId }), { content });
  }

  agree(act: Act, body: Body<typeof schemas.Agreement>): Promise<Project> {
    const { files, ...terms } = body;
    const { unitId, implementerId, startsAtOnce } = terms;
    return this.#asLead(
      act,
      'projects.claim',
      unitId,
      async ({ tx }) => {
        await this.#units.get(tx, implementerId);
        return { type: 'agree', implementerId, startsAtOnce };
      },
      { kind: 'agreement', body: { ...terms, terms: terms.terms ?? '' }, files, sensitive: true },
    );
  }

  start(act: Act, { unitId }: Body<typeof schemas.ForUnit>): Promise<Project> {
    return this.#asLead(act, 'projects.claim', unitId, () => Promise.resolve({ type: 'start' }));
  }

  submitReport(act: Act, quarter: Quarter, body: Body<typeof schemas.ReportBody>): Promise<Project> {
    const { unitId, needsAnswered, served, spentFen, done, difficulties = '', next = '', files } = body;
    return this.#asLead(
      act,
      'projects.report',
      unitId,
      () => Promise.resolve({ type: 'submitReport', quarter, needs: needsAnswered, served, spentFen }),
      { kind: 'report', body: { quarter, done, needsAnswered, served, spentFen, difficulties, next }, files },
    );
  }

  requestAcceptance(act: Act, { unitId, summary, files }: Body<typeof schemas.Summary>): Promise<Project> {
    const content = { kind: 'completion', body: { summary }, files };
    return this.#asLead(act, 'projects.report', unitId, () => Promise.resolve({ type: 'requestAcceptance' }), content);
  }

  submitRectification(act: Act, { unitId, summary, files }: Body<typeof schemas.Summary>): Promise<Project> {
    const content = { kind: 'rectification', body: { summary }, files };
    return this.#asLead(act, 'projects.report', unitId, () => Promise.resolve({ type: 'submitRectification' }), content);
  }

  recordConsent(act: Act, { files, ...body }: Body<typeof schemas.Consent>): Promise<Project> {
    return this.#run(act, 'projects.accept', { content: { kind: 'consent', body, files, sensitive: true } }, async ({ tx, project, scope, at }) => {
      this.#assertPlace(project, scope);
      const { values } = await (project.policyVersion === null
        ? this.#policy.current(tx, 'microProject', at)
        : this.#policy.pinned(tx, 'microProject', project.policyVersion));
      assertConsented(body, values);
      return { type: 'recordConsent' };
    });
  }

  returnReport(act: Act, quarter: Quarter, { reason }: Body<typeof schemas.Reason>): Promise<Project> {
    const content = { kind: 'reportReturn', body: { quarter, reason } };
    return this.#asOffice(act, 'projects.accept', { type: 'returnReport', quarter }, content);
  }

  acceptReport(act: Act, quarter: Quarter): Promise<Project> {
    return this.#asOffice(act, 'projects.accept', { type: 'acceptReport', quarter });
  }

  waiveReport(act: Act, quarter: Quarter, { reason }: Body<typeof schemas.Reason>): Promise<Project> {
    const content = { kind: 'reportWaiver', body: { quarter, reason } };
    return this.#asOffice(act, 'projects.confirm', { type: 'waiveReport', quarter }, content);
  }

  accept(act: Act, { finding }: Body<typeof schemas.Finding>): Promise<Project> {
    return this.#asOffice(act, 'projects.accept', { type: 'accept' }, { kind: 'acceptance', body: { finding } });
  }

  requireRectification(act: Act, { reason }: Body<typeof schemas.Reason>): Promise<Project> {
    const content = { kind: 'rectificationOrder', body: { reason } };
    return this.#asOffice(act, 'projects.accept', { type: 'requireRectification' }, content);
  }

  assignUnclaimed(act: Act, { unitId, meetingReference }: Body<typeof schemas.Assignment>): Promise<Project> {
    const content = { kind: 'assignment', body: { unitId, meetingReference } };
    return this.#run(act, 'projects.confirm', { content }, async ({ tx, project, scope }) => {
      this.#assertPlace(project, scope);
      await this.#units.get(tx, unitId);
      return { type: 'assignUnclaimed', unitId };
    });
  }

  suspend(act: Act, { reason }: Body<typeof schemas.Reason>): Promise<Project> {
    return this.#asOffice(act, 'projects.confirm', { type: 'suspend' }, { kind: 'suspension', body: { reason } });
  }

  resume(act: Act): Promise<Project> {
    return this.#asOffice(act, 'projects.confirm', { type: 'resume' });
  }

  cancel(act: Act, { reason }: Body<typeof schemas.Reason>): Promise<Project> {
    return this.#asOffice(act, 'projects.confirm', { type: 'cancel' }, { kind: 'cancellation', body: { reason } });
  }

  closeWithoutAward(act: Act, { reason }: Body<typeof schemas.Reason>): Promise<Project> {
    return this.#asOffice(act, 'projects.confirm', { type: 'closeWithoutAward' }, { kind: 'awardForgone', body: { reason } });
  }

  /** The caller must hold the permission at the unit's own place. Refuses `PROJECT_UNIT_FOREIGN`. */
  #forUnit(
    act: Act,
    permission: string,
    unitId: string,
    ask: (context: Context) => Asked<ProjectCommand> | Promise<Asked<ProjectCommand>>,
    extra: { content?: Written; precheck?: (tx: Tx) => Promise<void> } = {},
  ): Promise<Project> {
    return this.#run(act, permission, { ...extra, unitId }, async (context) => {
      if (context.unit && !within(context.unit.orgPath, context.scope.orgPath)) refuse('PROJECT_UNIT_FOREIGN', 'forbidden');
      return ask(context);
    });
  }

  #asLead(
    act: Act,
    permission: string,
    unitId: string,
    ask: (context: Context) => Promise<Asked<ProjectCommand>>,
    content?: Written,
  ): Promise<Project> {
    const asLead = (context: Context): Promise<Asked<ProjectCommand>> => {
      if (context.project.leadUnit !== unitId) refuse('PROJECT_NOT_LEAD', 'forbidden');
      return ask(context);
    };
    return this.#forUnit(act, permission, unitId, asLead, content ? { content } : {});
  }

  #asOffice(act: Act, permission: string, asked: Asked<ProjectCommand>, content?: Written): Promise<Project> {
    return this.#run(act, permission, { content }, ({ project, scope }) => {
      this.#assertPlace(project, scope);
      return Promise.resolve(asked);
    });
  }

  /** Outside the caller's place in the tree a project is readable, but not theirs to decide. */
  #assertPlace(project: Project, scope: Scope): void {
    if (!within(project.orgPath, scope.orgPath)) refuse('PROJECT_ELSEWHERE', 'forbidden');
  }

  #run(
    { caller, key, id }: Act,
    permission: string,
    { content, precheck, unitId }: Extra,
    ask: (context: Context) => Promise<Asked<ProjectCommand>>,
  ): Promise<Project> {
    const scope = scopeFor(caller, permission);
    return this.#cases.send<ProjectCommand, Project, [Project, OrgUnit | undefined]>({
      caller,
      scope,
      key,
      caseId: projectCaseId(id),
      kind: projectMachine.kind,
      ...(precheck && { precheck }),
      load: (tx) => Promise.all([this.#load(tx, id), unitId === undefined ? undefined : this.#units.get(tx, unitId)]),
      prepare: async (tx, at, [project, unit]) => {
        const asked = await ask({ tx, project, unit, scope, at });
        if (!content) return asked;
        const contentId = deriveId(key.commandId, content.kind);
        const body = await this.#withFiles(tx, project, content);
        const hash = hashOf(canonicalJson(body));
        await this.#store.addContent(tx, { id: contentId, projectId: id, kind: content.kind, body, hash, commandId: key.commandId }, at);
        return { ...asked, contentId, contentHash: hash };
      },
      view: (tx) => this.#load(tx, id),
    });
  }

  /** What was written with the hashes of its files, so that its own hash covers them. */
  async #withFiles(tx: Tx, { id, orgPath }: Project, { body, files: ids = [], sensitive = false }: Written): Promise<WrittenBody> {
    if (ids.length === 0) return body;
    const record = { kind: 'project', id, orgPath } as const;
    const files = await this.#files.attach(tx, { record, ids, sender: tx.scope.actor, limit: 'perMessage', sensitive });
    return { ...body, files: files.map(({ id: file, hash }) => ({ id: file, hash })) };
  }

  async #load(tx: Tx, id: string): Promise<Project> {
    return (await this.#store.byId(tx, id)) ?? refuse('PROJECT_UNKNOWN', 'unknown');
  }
}

interface Extra {
  readonly content?: Written | undefined;
  readonly precheck?: ((tx: Tx) => Promise<void>) | undefined;
  readonly unitId?: string;
}

/** What a person wrote or decided, kept beside the case and bound to its command by hash. */
interface Written {
  readonly kind: string;
  readonly body: WrittenBody;
  /** Sent before, by the same person. */
  readonly files?: readonly string[] | undefined;
  /** Signatures and consents: whoever reads the files leaves a trace. */
  readonly sensitive?: boolean;
}

type WrittenBody = Readonly<Record<string, CanonicalValue | undefined>>;
