import { Injectable } from '@nestjs/common';
import { traceOf } from '../audit/model.ts';
import { instantFromMs } from '../kernel/time.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { Doctor } from './comparing/service.ts';
import { isExplained } from './comparing/model.ts';
import type { RecoveryState } from './mode/model.ts';
import { RecoveryMode } from './mode/service.ts';

/** What is being done when recovery ends is seen again by then. */
const SECOND_LOOK_MS = 3000;

@Injectable()
export class RecoveryCommands {
  readonly #mode: RecoveryMode;
  readonly #doctor: Doctor;

  constructor(mode: RecoveryMode, doctor: Doctor) {
    this.#mode = mode;
    this.#doctor = doctor;
  }

  /** Compares everything of the tenant first; a repeat of what is done already is harmless and refused. */
  async leave(caller: Caller, key: RequestKey): Promise<RecoveryState> {
    const scope = scopeFor(caller, 'system.recover');
    const { differences } = await this.#doctor.compare({ tenant: caller.tenant, secondLookMs: SECOND_LOOK_MS });
    const unexplained = differences.filter(({ code }) => !isExplained(code)).length;
    await this.#mode.leave(scope, unexplained, instantFromMs(Date.now()), traceOf(caller, key));
    return this.#mode.read(scope);
  }
}
