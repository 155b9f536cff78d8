import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/service.ts';
import { BusinessClock } from '../calendar/clock.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Scope } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import { crashPoint } from '../platform/crash-point.ts';
import { canonicalBytes, type CanonicalValue } from '../platform/crypto/canonical.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import type { Caller } from '../platform/http/caller.ts';
import { claimKey, storeAnswer, type RequestKey } from '../platform/http/idempotency.ts';
import { CaseAsking } from './asking/service.ts';
import { caseInput, COMMAND_LOST, type Answer } from './messages.ts';
import type { Command } from './model.ts';
import { CaseStore } from './store.ts';

/** The engine adds id, actor and instant; the area says what is asked. */
export type Asked<C extends Command> = C extends Command ? Omit<C, 'id' | 'actor' | 'at'> : never;

/** Whoever sends without signing in has no account. */
export type Sender = Pick<Caller, 'actor'> & Partial<Pick<Caller, 'accountId' | 'personId'>>;

export interface Request<C extends Command, View, Loaded = void> {
  readonly caller: Sender;
  readonly scope: Scope;
  readonly key: RequestKey;
  readonly caseId: string;
  readonly kind: string;
  /** Rows to decide on, read while the key is claimed; reads only, because the key may be an old one. */
  load?(tx: Tx): Promise<Loaded>;
  /** Authorises against the loaded rows, stores content, and says what to ask of the case. */
  prepare(tx: Tx, at: Instant, loaded: Loaded): Promise<Asked<C>>;
  /** May refuse from the read model when the command's turn comes: cheap for the losers of a rush. */
  precheck?(tx: Tx): Promise<void>;
  view(tx: Tx, answer: Answer): Promise<View>;
}

export interface OpeningRequest<C extends Command, View, Loaded = void> extends Request<C, View, Loaded> {
  /** Workflow type of the case to start; a running one of the same id gets the command instead. */
  readonly starts: string;
}

/** A server that loses what it stored twice in a row is not there to be asked a third time. */
const STORINGS = 2;

interface Stored<C extends Command> {
  readonly command: C;
  readonly mode: 'live' | 'virtual';
  readonly at: Instant;
}

/**
 * From a click to a decided command: content and command are stored first, then the case is asked, then the answer is
 * read back. Whatever breaks in between, the same key finishes the same command, and a sweeper sends what was left.
 */
@Injectable()
export class CaseCommands {
  readonly #db: Database;
  readonly #asking: CaseAsking;
  readonly #store: CaseStore;
  readonly #audit: AuditService;
  readonly #clock: BusinessClock;

  constructor(db: Database, asking: CaseAsking, store: CaseStore, audit: AuditService, clock: BusinessClock) {
    this.#db = db;
    this.#asking = asking;
    this.#store = store;
    this.#audit = audit;
    this.#clock = clock;
  }

  async send<C extends Command, View, Loaded = void>(request: Request<C, View, Loaded>): Promise<View> {
    const { scope, caseId, precheck } = request;
    return this.#run(request, ({ command }) =>
      this.#asking.ask({
        tenant: scope.tenant,
        caseId,
        command,
        ...(precheck && { precheck: () => this.#db.within(scope, (tx) => precheck(tx)) }),
      }),
    );
  }

  async open<C extends Command, View, Loaded = void>(request: OpeningRequest<C, View, Loaded>): Promise<View> {
    const { scope, caseId, starts } = request;
    return this.#run(request, ({ command, mode, at }) => {
      const input = caseInput({ tenant: scope.tenant, caseId, open: command, clock: { mode, now: at } });
      return this.#asking.ask({ tenant: scope.tenant, caseId, command, start: { type: starts, input } });
    }, starts);
  }

  async #run<C extends Command, View, Loaded>(
    request: Request<C, View, Loaded>,
    ask: (stored: Stored<C>) => Promise<Answer>,
    starts?: string,
  ): Promise<View> {
    for (let attempt = 1; ; attempt += 1) {
      const stored = await this.#storeFirst(request, starts);
      if ('replay' in stored) return stored.replay;
      crashPoint('command.stored');
      try {
        const answer = await ask(stored).catch((error: unknown) => this.#answerDespite(request, stored, error));
        crashPoint('command.decided');
        return await this.#conclude(request, answer);
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== COMMAND_LOST || attempt === STORINGS) throw error;
      }
    }
  }

  /** Answers as soon as the view is read. A repeat that comes before its answer is stored asks the case again, and hears the same. */
  #conclude<C extends Command, View, Loaded>(request: Request<C, View, Loaded>, answer: Answer): Promise<View> {
    return new Promise((resolve, reject) => {
      const conclude = async (tx: Tx): Promise<void> => {
        const view = await request.view(tx, answer);
        await storeAnswer(tx, request.key, 200, view);
        resolve(view);
      };
      this.#db.within(request.scope, conclude, { mayBeLost: true }).catch(reject);
    });
  }

  async #storeFirst<C extends Command, View, Loaded>(
    request: Request<C, View, Loaded>,
    starts?: string,
  ): Promise<Stored<C> | { readonly replay: View }> {
    const { caller, scope, key, caseId, kind } = request;
    const store = async (tx: Tx): Promise<Stored<C> | { readonly replay: View }> => {
      const { now: at, mode } = await this.#clock.read(tx);
      const claiming = claimKey(tx, key, at);
      const loading = request.load?.(tx) ?? Promise.resolve(undefined as Loaded);
      loading.catch(() => undefined);
      const earlier = await claiming;
      if (earlier?.status !== undefined) return { replay: earlier.answer as View };
      const known = earlier && (await this.#store.commandBytes(tx, key.commandId));
      if (known) return { command: JSON.parse(known.bytes.toString('utf8')) as C, mode, at };
      const asked = await request.prepare(tx, at, await loading);
      const command = { ...asked, id: key.commandId, actor: caller.actor, at, ...(!starts && { receipt: randomUUID() }) } as unknown as C;
      const bytes = canonicalBytes(command as unknown as CanonicalValue);
      await this.#store.storeCommand(tx, command, { caseId, kind, ...(starts && { starts }) }, bytes, {
        ...(caller.accountId !== undefined && { accountId: caller.accountId }),
        ...(caller.personId !== undefined && { personId: caller.personId }),
        requestId: key.requestId,
        network: key.network,
      });
      return { command, mode, at };
    };
    // Publishing is durable, and with it all that was committed before. A case that never began could not say that its opening is lost.
    return this.#db.within(scope, store, { mayBeLost: !starts });
  }

  /** Told first, a refusal stands; an earlier sending may have been quicker, and then its decision does. Throws what stands. */
  async #answerDespite<C extends Command, Loaded>(request: Request<C, unknown, Loaded>, stored: Stored<C>, error: unknown): Promise<Answer> {
    if (!(error instanceof Refusal) || error.kind === 'unavailable') throw error;
    const { caller, scope, key, caseId, kind } = request;
    const decided = await this.#db.within(scope, async (tx): Promise<Answer | undefined> => {
      if (!(await this.#store.refuseCommand(tx, key.commandId, error.code))) {
        const decided = (await this.#store.standing(tx, caseId, key.commandId))?.decided ?? null;
        return decided === null ? undefined : { version: decided };
      }
      await this.#audit.record(tx, {
        at: stored.at,
        action: `${kind}.${stored.command.type}`,
        subject: caseId,
        outcome: 'refused',
        accountId: caller.accountId,
        personId: caller.personId,
        commandId: key.commandId,
        requestId: key.requestId,
        network: key.network,
        changes: { code: error.code },
      });
      return undefined;
    });
    if (!decided) throw error;
    return decided;
  }
}
