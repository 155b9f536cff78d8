import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { UnitService } from '../../accounts/units/service.ts';
import { traceOf } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { BusinessClock, WallClock } from '../../calendar/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import { within } from '../../kernel/scope.ts';
import { shanghaiDate } from '../../kernel/time.ts';
import { canonicalJson } from '../../platform/crypto/canonical.ts';
import { Database } from '../../platform/database/database.ts';
import { scopeFor } from '../../platform/http/caller.ts';
import { once } from '../../platform/http/idempotency.ts';
import { deriveId, hashOf } from '../../platform/ids.ts';
import type { Act } from '../commands.ts';
import { ProjectStore } from '../store.ts';
import { assertNote } from './model.ts';
import type { NoteBody, NoteView } from './schemas.ts';
import { NOTE } from './store.ts';

const REPORT = 'projects.report';

/** 月报: content of the project, no decision of its case. */
@Injectable()
export class NoteCommands {
  readonly #db: Database;
  readonly #store: ProjectStore;
  readonly #units: UnitService;
  readonly #audit: AuditService;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;

  constructor(db: Database, store: ProjectStore, units: UnitService, audit: AuditService, clock: BusinessClock, wall: WallClock) {
    this.#db = db;
    this.#store = store;
    this.#units = units;
    this.#audit = audit;
    this.#clock = clock;
    this.#wall = wall;
  }

  /** Refuses `PROJECT_UNKNOWN`, `PROJECT_UNIT_FOREIGN`, `PROJECT_NOT_LEAD`, `PROJECT_STATE`, `PROJECT_NOTE_MONTH`. */
  async write({ caller, key, id }: Act, { unitId, month, text }: z.output<typeof NoteBody>): Promise<z.infer<typeof NoteView>> {
    const scope = scopeFor(caller, REPORT);
    return once(this.#db, scope, key, this.#wall.now(), async (tx) => {
      const at = await this.#clock.now(tx);
      const project = (await this.#store.byId(tx, id)) ?? refuse('PROJECT_UNKNOWN', 'unknown');
      const unit = await this.#units.get(tx, unitId);
      if (!within(unit.orgPath, scope.orgPath)) refuse('PROJECT_UNIT_FOREIGN', 'forbidden');
      assertNote(project, unitId, month, shanghaiDate(at));
      const body = { unitId, month, text };
      await this.#store.addContent(tx, { id: deriveId(key.commandId, NOTE), projectId: id, kind: NOTE, body, hash: hashOf(canonicalJson(body)) }, at);
      await this.#audit.record(tx, { ...traceOf(caller, key), at, action: 'projects.noteWritten', subject: `project/${id}`, outcome: 'done', changes: { unitId, month } });
      return { projectId: id, month, text, at };
    });
  }
}
