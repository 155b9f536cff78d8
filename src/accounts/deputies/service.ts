import { Injectable } from '@nestjs/common';
import type { Trace } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { laterOf, type Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { deriveId } from '../../platform/ids.ts';
import { permissionsAmong } from '../grants/model.ts';
import { GrantStore } from '../grants/store.ts';
import { covers } from '../model.ts';
import { PersonStore } from '../people/store.ts';
import { assertDeputy, type Deputy } from './model.ts';
import { DeputyStore } from './store.ts';

export interface NewDeputy {
  readonly deputyId: string;
  readonly permissions: readonly string[];
  /** Absent: from now on. */
  readonly from?: Instant | undefined;
  readonly until: Instant;
}

/** `at` is real time. */
export interface DeputyCommand {
  readonly commandId: string;
  readonly at: Instant;
  readonly trace: Trace;
}

/** Whoever is away names who acts meanwhile; records then say who did it and for whom. */
@Injectable()
export class DeputyService {
  readonly #store: DeputyStore;
  readonly #grants: GrantStore;
  readonly #people: PersonStore;
  readonly #audit: AuditService;

  constructor(store: DeputyStore, grants: GrantStore, people: PersonStore, audit: AuditService) {
    this.#store = store;
    this.#grants = grants;
    this.#people = people;
    this.#audit = audit;
  }

  async of(tx: Tx, personId: string, at: Instant): Promise<Deputy[]> {
    return this.#store.of(tx, personId, at);
  }

  /** One's own rights alone, never lent ones. Refuses as `assertDeputy`, and `PERSON_UNKNOWN`, `PERSON_ERASED`. */
  async appoint(tx: Tx, personId: string, wanted: NewDeputy, command: DeputyCommand): Promise<Deputy> {
    const deputyPerson = (await this.#people.lock(tx, wanted.deputyId)) ?? refuse('PERSON_UNKNOWN', 'unknown');
    if (deputyPerson.erased) refuse('PERSON_ERASED', 'state');
    const grants = await this.#grants.ofPeople(tx, [personId, wanted.deputyId]);
    const own = grants.filter((grant) => grant.personId === personId && covers(grant, command.at));
    const deputy: Deputy = {
      id: deriveId(command.commandId, `deputy ${wanted.deputyId}`),
      personId,
      deputyId: wanted.deputyId,
      permissions: [...new Set(wanted.permissions)].sort(),
      from: laterOf(wanted.from ?? command.at, command.at),
      until: wanted.until,
    };
    const deputyRoles = grants.filter((grant) => grant.personId === wanted.deputyId);
    assertDeputy(deputy, permissionsAmong(own), own, deputyRoles);
    await this.#store.insert(tx, deputy, command.at);
    await this.#record(tx, command, 'accounts.deputyAppointed', deputy);
    return deputy;
  }

  /** By either of the two. Refuses `DEPUTY_UNKNOWN`. */
  async end(tx: Tx, personId: string, id: string, command: DeputyCommand): Promise<Deputy> {
    const deputy = (await this.#store.end(tx, personId, id, command.at)) ?? refuse('DEPUTY_UNKNOWN', 'unknown');
    await this.#record(tx, command, 'accounts.deputyEnded', deputy);
    return deputy;
  }

  async #record(tx: Tx, { at, trace, commandId }: DeputyCommand, action: string, deputy: Deputy): Promise<void> {
    const { deputyId, permissions, from, until } = deputy;
    const changes = { deputy: deputyId, permissions: permissions.join(' '), from, until };
    const subject = `person:${deputy.personId}`;
    await this.#audit.record(tx, { commandId, ...trace, at, action, subject, outcome: 'done', changes });
  }
}
