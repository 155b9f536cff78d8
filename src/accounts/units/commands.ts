import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { traceOf } from '../../audit/model.ts';
import { BusinessClock, WallClock } from '../../calendar/clock.ts';
import { refuse, type FieldError } from '../../kernel/refusal.ts';
import { shanghaiDate, type LocalDate } from '../../kernel/time.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { once, type RequestKey } from '../../platform/http/idempotency.ts';
import { readTable } from '../../platform/tables/read.ts';
import { readUnits } from './import.ts';
import type { Membership } from './model.ts';
import { unitView, type CloseUnit, type NewUnit, type UnitImport, type UnitImportView, type UnitPatch, type UnitView } from './schemas.ts';
import { UnitService, type UnitCommand } from './service.ts';

type View = z.infer<typeof UnitView>;

/** Answers name this many wrong lines at most; repairing them comes before the rest. */
const MOST_ERRORS = 500;

/** Refused changes leave the registry as it is: each command is one transaction with its idempotency key. */
@Injectable()
export class UnitCommands {
  readonly #db: Database;
  readonly #units: UnitService;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;

  constructor(db: Database, units: UnitService, clock: BusinessClock, wall: WallClock) {
    this.#db = db;
    this.#units = units;
    this.#clock = clock;
    this.#wall = wall;
  }

  async register(caller: Caller, key: RequestKey, { joinedOn, ...row }: z.output<typeof NewUnit>): Promise<View> {
    return this.#once(caller, key, async (tx, command, today) =>
      unitView(await this.#units.register(tx, row, { ...command, joinedOn: joinedOn ?? today })),
    );
  }

  async change(caller: Caller, key: RequestKey, id: string, version: number, patch: z.output<typeof UnitPatch>): Promise<View> {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    return this.#once(caller, key, async (tx, command) => unitView(await this.#units.change(tx, id, version, given, command)));
  }

  async close(caller: Caller, key: RequestKey, id: string, version: number, { leftOn }: z.output<typeof CloseUnit>): Promise<View> {
    return this.#once(caller, key, async (tx, command) => unitView(await this.#units.close(tx, id, version, leftOn, command)));
  }

  async join(caller: Caller, key: RequestKey, unitId: string, communityId: string, joinedOn?: LocalDate): Promise<Membership> {
    return this.#once(caller, key, (tx, command, today) =>
      this.#units.join(tx, unitId, communityId, joinedOn ?? today, command),
    );
  }

  async leave(caller: Caller, key: RequestKey, unitId: string, communityId: string, leftOn?: LocalDate): Promise<{ left: true }> {
    return this.#once(caller, key, async (tx, command, today) => {
      await this.#units.leave(tx, unitId, communityId, leftOn ?? today, command);
      return { left: true };
    });
  }

  /** All lines or none, unless told to take the right ones. Refuses `UNITS_REJECTED` with every wrong line. */
  async import(caller: Caller, key: RequestKey, input: z.output<typeof UnitImport>): Promise<z.infer<typeof UnitImportView>> {
    const list = readUnits(await readTable(input.file.bytes));
    const takeValid = input.takeValid === 'true';
    if (!takeValid && list.errors.length > 0) reject(list.errors, list.total);
    return this.#once(caller, key, async (tx, command, today) => {
      const options = { ...command, joinedOn: input.joinedOn ?? today };
      const { errors, ...counts } = await this.#units.registerUnits(tx, list.rows, options);
      const rejected = [...list.errors, ...errors.map((error) => list.place(error))];
      if (!takeValid && rejected.length > 0) reject(rejected, list.total);
      return {
        rows: list.total,
        ...counts,
        rejected: rejected.slice(0, MOST_ERRORS).map(({ at, code }) => ({ at, code })),
        unknownHeadings: [...list.unknownHeadings],
      };
    });
  }

  async #once<Answer>(
    caller: Caller,
    key: RequestKey,
    work: (tx: Tx, command: UnitCommand, today: LocalDate) => Promise<Answer>,
  ): Promise<Answer> {
    return once(this.#db, scopeFor(caller, 'units.manage'), key, this.#wall.now(), async (tx) => {
      const at = await this.#clock.now(tx);
      return work(tx, { commandId: key.commandId, at, trace: traceOf(caller, key) }, shanghaiDate(at));
    });
  }
}

function reject(errors: readonly FieldError[], rows: number): never {
  const wrong = new Set(errors.map(({ at }) => at.split(':', 1)[0])).size;
  return refuse('UNITS_REJECTED', 'rule', { rows, wrong }, errors.slice(0, MOST_ERRORS));
}
