import { Refusal } from '../kernel/refusal.ts';
import type { TenantId } from '../kernel/scope.ts';
import { instantFromMs, type Instant } from '../kernel/time.ts';
import type { Log } from '../platform/logging.ts';
import { periodically, type Periodic } from '../platform/periodic.ts';
import type { CaseGateway } from '../platform/temporal/gateway.ts';
import { FACT_SIGNAL, workflowIdOf } from './messages.ts';
import type { CaseAsking } from './asking/service.ts';
import type { Command } from './model.ts';
import { grouped } from './sweeping/model.ts';
import type { Left, SweepingService } from './sweeping/service.ts';
import type { UnansweredCommand, UntakenFact } from './sweeping/store.ts';

export interface SweeperOptions {
  /** Between the end of one round and the next. */
  readonly pauseMs: number;
  /** How long a command's or fact's first sender has for itself. */
  readonly ageMs: number;
  /** Commands, and facts, of one round. */
  readonly most: number;
}

const DEFAULTS = { pauseMs: 5000, most: 200 };

/** Cases that are written to at once; one after the other within a case. */
const WIDTH = 8;

export interface Swept {
  readonly commands: number;
  readonly facts: number;
}

/**
 * Sends again what its sender could not bring to an end. Harmless beside a sender that is still trying, and in any
 * number of workers: ids make a repeat an answer, and each row is taken by one sweeper at a time.
 */
export class CaseSweeper {
  readonly #sweeping: SweepingService;
  readonly #asking: CaseAsking;
  readonly #gateway: CaseGateway;
  readonly #log: Log;
  readonly #options: SweeperOptions;

  constructor(
    sweeping: SweepingService,
    asking: CaseAsking,
    gateway: CaseGateway,
    log: Log,
    options: Partial<SweeperOptions> & Pick<SweeperOptions, 'ageMs'>,
  ) {
    this.#sweeping = sweeping;
    this.#asking = asking;
    this.#gateway = gateway;
    this.#log = log;
    this.#options = { ...DEFAULTS, ...options };
  }

  start(): Periodic {
    const { pauseMs, ageMs } = this.#options;
    return periodically(
      pauseMs,
      () => this.sweep(instantFromMs(Date.now() - ageMs)),
      (error) => this.#log.error({ err: error, job: 'caseSweeper' }, 'sweep failed'),
    );
  }

  /** One round over what was last sent before that instant of the wall clock; says how much came to an end. */
  async sweep(before: Instant): Promise<Swept> {
    const commands = await this.#sweeping.takeUnanswered(before, this.#options.most);
    const answered = await this.#byCase(commands, (command) => this.#answer(command));
    await this.#sweeping.written();
    const facts = await this.#sweeping.takeUntaken(before, this.#options.most);
    const told = await this.#byCase(facts, (fact) => this.#tell(fact));
    return { commands: answered, facts: told };
  }

  async #answer(left: Left<UnansweredCommand>): Promise<boolean> {
    const { tenant, caseId, starts } = left;
    const command = JSON.parse(left.bytes.toString('utf8')) as Command;
    try {
      const start = starts === null ? undefined : { type: starts, input: await this.#sweeping.inputOf(left, command) };
      await this.#asking.ask({ tenant, caseId, command, ...(start && { start }) });
      return true;
    } catch (error) {
      const code = await this.#definite(error, left);
      if (code) await this.#sweeping.refused(left, code);
      return code !== undefined;
    }
  }

  async #tell(left: Left<UntakenFact>): Promise<boolean> {
    try {
      await this.#gateway.signal(workflowIdOf(left.tenant, left.caseId), FACT_SIGNAL, JSON.parse(left.bytes.toString('utf8')));
      return true;
    } catch (error) {
      const code = await this.#definite(error, left);
      if (code) await this.#sweeping.undeliverable(left, code);
      return code !== undefined;
    }
  }

  /**
   * The code of a "no" that stands; undefined = later. A case that is open but does not run is for recovery, and
   * one that has not begun may yet begin.
   */
  async #definite(error: unknown, { tenant, caseId }: { readonly tenant: TenantId; readonly caseId: string }): Promise<string | undefined> {
    if (!(error instanceof Refusal)) throw error;
    if (error.kind !== 'unavailable' && error.code !== 'CASE_NOT_RUNNING') return error.code;
    return (await this.#sweeping.standing(tenant, caseId)) === 'closed' ? 'CASE_NOT_RUNNING' : undefined;
  }

  async #byCase<Item extends { readonly tenant: string; readonly caseId: string }>(
    items: readonly Item[],
    send: (item: Item) => Promise<boolean>,
  ): Promise<number> {
    const queues = [...grouped(items, ({ tenant, caseId }) => `${tenant}/${caseId}`).values()];
    let ended = 0;
    const lane = async (): Promise<void> => {
      for (let queue = queues.shift(); queue; queue = queues.shift()) {
        for (const item of queue) if (await this.#guarded(item, send)) ended += 1;
      }
    };
    await Promise.all(Array.from({ length: WIDTH }, lane));
    return ended;
  }

  /** What one case throws must not keep the others waiting. */
  async #guarded<Item extends { readonly caseId: string }>(item: Item, send: (item: Item) => Promise<boolean>): Promise<boolean> {
    try {
      return await send(item);
    } catch (error) {
      this.#log.error({ err: error, job: 'caseSweeper', caseId: item.caseId }, 'not sent again');
      return false;
    }
  }
}
