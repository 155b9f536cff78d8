import { once } from 'node:events';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { createActivities } from '../activities/index.ts';
import type { AnchorStatement } from './audit/anchors/model.ts';
import { AnchorService, type AnchorHerald } from './audit/anchors/service.ts';
import { Sealer } from './audit/jobs.ts';
import { SealingService } from './audit/sealing/service.ts';
import { CaseAsking } from './cases/asking/service.ts';
import { ClockWatch } from './calendar/jobs.ts';
import { CaseSweeper } from './cases/jobs.ts';
import { SweepingService } from './cases/sweeping/service.ts';
import { OrphanRemover } from './files/jobs.ts';
import { FileService } from './files/service.ts';
import { ChangePruner } from './notifications/changes/jobs.ts';
import { ChangeStore } from './notifications/changes/store.ts';
import { CHANNELS, type Channel } from './notifications/channel.ts';
import { OutboxJob } from './notifications/jobs.ts';
import { NotificationsService } from './notifications/service.ts';
import { NotificationsStore } from './notifications/store.ts';
import { openParts } from './parts.ts';
import type { Config } from './platform/config.ts';
import { Database } from './platform/database/database.ts';
import { KeyExpiry } from './platform/http/key-expiry.ts';
import { forgetRateCounts } from './platform/http/shared-counts.ts';
import { WordFiller } from './needs/search/jobs.ts';
import { SearchWords } from './needs/search/service.ts';
import { NeedsWords } from './needs/search/store.ts';
import { createLog, type Log } from './platform/logging.ts';
import type { Periodic } from './platform/periodic.ts';
import { ProjectWords } from './projects/searching/store.ts';
import { tenantScope } from './kernel/scope.ts';
import { PolicyService } from './policy/service.ts';
import { RecoveryWatch } from './recovery/jobs.ts';
import { RecoveryMode } from './recovery/mode/service.ts';
import { OutsideMirror } from './recovery/outside/service.ts';
import { ensureDailyRun } from './platform/temporal/daily.ts';
import { CaseGateway } from './platform/temporal/gateway.ts';
import { createWorker, type CaseWorker } from './platform/temporal/worker.ts';
import { QUARTER_TICK_WORKFLOW } from './quarters/messages.ts';
import { RetentionJob } from './retention/jobs.ts';
import { RetentionService } from './retention/service.ts';

/** For commands and facts that one case sends to another. */
const ANSWER_WITHIN_MS = 4500;

/** In Asia/Shanghai: what is due that day waits for people when the office opens. */
const TICK_HOUR = 1;

export interface Work {
  /** Creates the Schedules or brings them up to date; every worker process does so before it runs. */
  schedule(): Promise<void>;
  /** Ends after `stop`; rejects when the worker failed, and then the process must end non-zero. */
  run(): Promise<void>;
  stop(): void;
}

/** The worker process: the same areas as the API, without HTTP, behind Temporal's task queue. */
export async function createWork(config: Config, bundle: WorkflowBundleOption, log: Log = createLog(config.log.level)): Promise<Work> {
  const { taskQueue, publishTimeoutMs: transactionTimeoutMs, sweepAfterMs: ageMs } = config.temporal;
  const options = { applicationName: 'cobuild-worker', transactionTimeoutMs, answerWithinMs: ANSWER_WITHIN_MS };
  const { app, client, close } = await openParts(config, log, options);
  const gateway = app.get(CaseGateway);
  const activities = createActivities({ get: (type) => app.get(type, { strict: false }) });
  const sweeper = new CaseSweeper(app.get(SweepingService, { strict: false }), app.get(CaseAsking, { strict: false }), gateway, log, { ageMs });
  const expiry = new KeyExpiry(app.get(Database), log, config.http.keyDays);
  const remover = new OrphanRemover(app.get(Database), app.get(FileService, { strict: false }), log);
  const retention = new RetentionJob(app.get(RetentionService, { strict: false }), log);
  const words = [...app.get(NeedsWords, { strict: false }).sources, ...app.get(ProjectWords, { strict: false }).sources];
  const filler = new WordFiller(app.get(Database), app.get(SearchWords, { strict: false }), words, log);
  const pruner = new ChangePruner(app.get(Database), new ChangeStore(), log);
  const sealer = new Sealer(app.get(SealingService, { strict: false }), app.get(AnchorService, { strict: false }), heraldBy(app.get(NotificationsService, { strict: false })), log);
  const watch = new RecoveryWatch(app.get(RecoveryMode, { strict: false }), app.get(OutsideMirror, { strict: false }), log);
  const outbox = new OutboxJob(app.get(Database), app.get(NotificationsStore, { strict: false }), app.get<Channel[]>(CHANNELS, { strict: false }), log);
  const clocks = new ClockWatch(app.get(Database), log);
  const policy = app.get(PolicyService, { strict: false });
  const addMissingPacks = async (): Promise<void> => {
    for (const tenant of await app.get(RecoveryMode, { strict: false }).tenants()) {
      await app.get(Database).within(tenantScope(tenant), (tx) => policy.addMissing(tx, watch.now()));
    }
  };
  const stopping = new AbortController();
  let worker: CaseWorker | undefined;
  return {
    schedule: () => ensureDailyRun(client, { id: `${taskQueue}/quarter-tick`, workflowType: QUARTER_TICK_WORKFLOW, taskQueue, hour: TICK_HOUR }),
    run: async () => {
      let jobs: Periodic[] = [];
      try {
        await watch.freezeOlder(watch.now());
        const leave = await watch.leave();
        if (leave === 'all') await addMissingPacks();
        if (leave === 'all') jobs = [clocks.start(), outbox.start(), sweeper.start(), expiry.start(), forgetRateCounts(app.get(Database), log), remover.start(), retention.start(), filler.start(), pruner.start(), sealer.start(), watch.copy()];
        if (leave === 'nothing') {
          await untilChanged(watch, stopping.signal);
          return;
        }
        worker = await createWorker({ config, activities, bundle });
        // Drains and ends: whoever keeps this process running starts it again, with what is allowed then.
        jobs.push(watch.watch(leave, () => worker?.shutdown()));
        const running = worker.run();
        if (stopping.signal.aborted) worker.shutdown();
        await running;
      } finally {
        await Promise.all(jobs.map((job) => job.stop()));
        await worker?.close();
        await close();
      }
    },
    stop: () => {
      stopping.abort();
      worker?.shutdown();
    },
  };
}

/** A frozen worker asks Temporal for nothing. */
async function untilChanged(watch: RecoveryWatch, stopped: AbortSignal): Promise<void> {
  const changed = new AbortController();
  const looking = watch.watch('nothing', () => changed.abort());
  const signals = AbortSignal.any([stopped, changed.signal]);
  if (!signals.aborted) await once(signals, 'abort');
  await looking.stop();
}

/** To two posts that answer to nobody here; leaves the house by whatever channel is bound. */
const ANCHOR_READERS = ['auditor', 'auditAdministrator'];

export function heraldBy(notifications: NotificationsService): AnchorHerald {
  return (tx, { day, statement, signature, keyId, signedAt }) => {
    const { tenant, block, hash, rows } = JSON.parse(statement.toString('utf8')) as AnchorStatement;
    const params = { tenant, day, block, hash, rows, key: keyId, signature: signature.toString('hex') };
    const message = { key: `audit/anchor@${day}`, text: 'audit.anchored', params, at: signedAt };
    return notifications.post(tx, ANCHOR_READERS.map((role) => ({ ...message, recipient: { kind: 'role' as const, role } })));
  };
}
