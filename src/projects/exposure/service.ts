import { Injectable } from '@nestjs/common';
import { traceOf, type Trace } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import { NotificationsService } from '../../notifications/service.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { deriveId } from '../../platform/ids.ts';
import { PolicyService } from '../../policy/service.ts';
import { ProjectService } from '../service.ts';
import { stateOfReport, type ExposureVerdict } from './model.ts';
import { ExposureStore, type ListedExposure } from './store.ts';

/** Texts that tell of a neighbour: hidden from everyone as soon as somebody says so, until a person has looked. */
@Injectable()
export class ExposureService {
  readonly #store: ExposureStore;
  readonly #projects: ProjectService;
  readonly #policy: PolicyService;
  readonly #audit: AuditService;
  readonly #notifications: NotificationsService;

  constructor(store: ExposureStore, projects: ProjectService, policy: PolicyService, audit: AuditService, notifications: NotificationsService) {
    this.#store = store;
    this.#projects = projects;
    this.#policy = policy;
    this.#audit = audit;
    this.#notifications = notifications;
  }

  /** By anybody. Refuses `PROJECT_UNKNOWN`; a report that says nothing new changes nothing. */
  async report(tx: Tx, projectId: string, key: RequestKey, at: Instant): Promise<void> {
    const { orgPath, communityId, number } = await this.#projects.get(tx, projectId);
    const { values } = await this.#policy.current(tx, 'rights', at);
    const state = stateOfReport(await this.#store.statesOf(tx, projectId), await this.#store.countOpen(tx), values);
    if (!state) return;
    const id = deriveId(key.commandId, 'exposure');
    await this.#store.insert(tx, { id, projectId, state, reportedAt: at }, orgPath);
    const recipients = [
      { kind: 'role', role: 'communityWorker', orgUnitId: communityId },
      { kind: 'role', role: 'manager' },
    ] as const;
    await this.#notifications.post(tx, recipients.map((recipient) => ({ key: `project/${projectId}:exposure@${id}`, recipient, text: 'projects.told.exposure', params: { number }, at })));
    const trace = traceOf({}, key);
    await this.#audit.record(tx, { ...trace, at, action: 'projects.exposureReported', subject: `project/${projectId}`, outcome: 'done', changes: { exposureId: id, state } });
  }

  async undecided(tx: Tx, projectId: string | undefined, page: PageRequest): Promise<ListedExposure[]> {
    return this.#store.undecided(tx, projectId, page);
  }

  /** By a person of its place. Refuses `EXPOSURE_UNKNOWN`, `EXPOSURE_DECIDED`. */
  async decide(tx: Tx, id: string, verdict: ExposureVerdict, at: Instant, trace: Trace): Promise<void> {
    const found = (await this.#store.hold(tx, id)) ?? refuse('EXPOSURE_UNKNOWN', 'unknown');
    if (found.state !== 'open' && found.state !== 'noted') refuse('EXPOSURE_DECIDED', 'state');
    await this.#store.decide(tx, id, verdict === 'keep' ? 'kept' : 'hidden', at);
    await this.#audit.record(tx, { ...trace, at, action: 'projects.exposureDecided', subject: `project/${found.projectId}`, outcome: 'done', changes: { exposureId: id, verdict } });
  }
}
