import { Inject, Injectable } from '@nestjs/common';
import { UnitService } from '../../../accounts/units/service.ts';
import { provisionally, workdaysBetween } from '../../../calendar/model.ts';
import { CalendarService } from '../../../calendar/service.ts';
import { fill, type Language, type Texts } from '../../../kernel/texts.ts';
import { shanghaiDate, type Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { CATALOGUE } from '../../../platform/http/catalogue.ts';
import { dueDay } from '../../stage/dates.ts';
import { CaseNames } from '../names/service.ts';
import type { OpenWait } from '../store.ts';

/** A wait as people read it. */
export interface ReadWait extends OpenWait {
  /** What the case is called. */
  readonly title: string | null;
  /** Role and organisation. */
  readonly owner: string;
  readonly what: string;
  readonly otherwiseText: string;
  readonly isLate: boolean;
  /** Negative = late by so many. */
  readonly workdaysLeft: number | null;
}

@Injectable()
export class WaitReading {
  readonly #units: UnitService;
  readonly #calendar: CalendarService;
  readonly #names: CaseNames;
  readonly #texts: Texts;

  constructor(units: UnitService, calendar: CalendarService, names: CaseNames, @Inject(CATALOGUE) texts: Texts) {
    this.#units = units;
    this.#calendar = calendar;
    this.#names = names;
    this.#texts = texts;
  }

  async read(tx: Tx, waits: readonly OpenWait[], now: Instant, language: Language): Promise<ReadWait[]> {
    const calendar = provisionally(await this.#calendar.calendar(tx));
    const names = await this.#names.of(tx, waits);
    const owners = await this.owners(tx, waits, language);
    return waits.map((wait, index) => ({
      ...wait,
      title: names.get(wait.caseId) ?? null,
      owner: owners[index]!,
      what: this.#what(wait, language),
      otherwiseText: this.#say(wait.otherwise, language),
      isLate: wait.due !== null && wait.due < now,
      workdaysLeft: wait.due === null ? null : workdaysBetween(shanghaiDate(now), dueDay(wait.due), calendar),
    }));
  }

  /** Role and organisation of each, in the reader's language. */
  async owners(tx: Tx, held: readonly Pick<OpenWait, 'ownerRole' | 'ownerOrgUnit'>[], language: Language): Promise<string[]> {
    const units = await this.#units.byIds(tx, [...new Set(held.flatMap(({ ownerOrgUnit }) => ownerOrgUnit ?? []))]);
    return held.map(({ ownerRole, ownerOrgUnit }) => {
      const role = this.#say(ownerRole === 'system' ? 'stage.owner.system' : `accounts.role.${ownerRole}`, language);
      const unit = ownerOrgUnit === null ? undefined : units.get(ownerOrgUnit)?.name;
      if (unit !== undefined) return this.#say('stage.owner.at', language, { unit, role });
      return ownerRole === 'unit' && ownerOrgUnit === null ? this.#say('stage.owner.units', language) : role;
    });
  }

  #what({ kind, name }: OpenWait, language: Language): string {
    const [base = '', of = ''] = name.split(':');
    return this.#say(`stage.${kind}.wait.${base}`, language, { of });
  }

  /** A key of a later version is still better seen than lost. */
  #say(key: string, language: Language, params: Readonly<Record<string, string>> = {}): string {
    const text = this.#texts[key];
    return text ? fill(text[language], params) : key;
  }
}
