import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { traceOf } from '../../audit/model.ts';
import { BusinessClock, WallClock } from '../../calendar/clock.ts';
import { WHOLE_TENANT, type Scope } from '../../kernel/scope.ts';
import type { Intent } from '../../needs/model.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { once, type RequestKey } from '../../platform/http/idempotency.ts';
import type { DeclaredExclusion, Preference } from './model.ts';
import type { ExclusionBody, PreferenceView } from './schemas.ts';
import { ConditionService } from './service.ts';

/** Each change once per key, in one transaction with its audit row. */
@Injectable()
export class ConditionCommands {
  readonly #db: Database;
  readonly #conditions: ConditionService;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;

  constructor(db: Database, conditions: ConditionService, clock: BusinessClock, wall: WallClock) {
    this.#db = db;
    this.#conditions = conditions;
    this.#clock = clock;
    this.#wall = wall;
  }

  exclude(caller: Caller, key: RequestKey, body: z.output<typeof ExclusionBody>): Promise<DeclaredExclusion> {
    const scope = scopeFor(caller, 'matching.run');
    return this.#once(caller, scope, key, (tx, intent) => this.#conditions.exclude(tx, body, intent));
  }

  endExclusion(caller: Caller, key: RequestKey, id: string, version: number): Promise<DeclaredExclusion> {
    const scope = scopeFor(caller, 'matching.run');
    return this.#once(caller, scope, key, (tx, intent) => this.#conditions.endExclusion(tx, id, version, intent));
  }

  prefer(caller: Caller, key: RequestKey, preference: Preference): Promise<z.infer<typeof PreferenceView>> {
    const own = scopeFor(caller, 'projects.claim');
    return this.#once(caller, { ...own, orgPath: WHOLE_TENANT }, key, async (tx, intent) => {
      await this.#conditions.prefer(tx, own.orgPath, preference, intent);
      return { ...preference, declared: true };
    });
  }

  forget(caller: Caller, key: RequestKey, preference: Preference): Promise<z.infer<typeof PreferenceView>> {
    const own = scopeFor(caller, 'projects.claim');
    return this.#once(caller, { ...own, orgPath: WHOLE_TENANT }, key, async (tx, intent) => {
      await this.#conditions.forget(tx, own.orgPath, preference, intent);
      return { ...preference, declared: false };
    });
  }

  #once<Result>(caller: Caller, scope: Scope, key: RequestKey, work: (tx: Tx, intent: Intent) => Promise<Result>): Promise<Result> {
    return once(this.#db, scope, key, this.#wall.now(), async (tx) =>
      work(tx, { commandId: key.commandId, at: await this.#clock.now(tx), trace: traceOf(caller, key) }),
    );
  }
}
