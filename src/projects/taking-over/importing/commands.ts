import { Injectable } from '@nestjs/common';
import { isThere } from '../../../accounts/units/model.ts';
import { UnitService } from '../../../accounts/units/service.ts';
import { CaseBatches } from '../../../cases/batches/commands.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { within } from '../../../kernel/scope.ts';
import { shanghaiDate, shanghaiInstant, type LocalDate } from '../../../kernel/time.ts';
import { ImportKinds, type FileRows, type Importer, type ImportSource, type PlacedRecord, type PlannedSheet } from '../../../needs/imports/kinds/commands.ts';
import type { RowTerms } from '../../../needs/imports/model.ts';
import type { Intent } from '../../../needs/model.ts';
import { NeedService } from '../../../needs/need/service.ts';
import { ProposalService } from '../../../needs/proposal/service.ts';
import { SearchWords } from '../../../needs/search/service.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { deriveId } from '../../../platform/ids.ts';
import { readRecords } from '../../../platform/tables/records.ts';
import { place } from '../../../platform/tables/table.ts';
import { PolicyService } from '../../../policy/service.ts';
import type { ProjectCommand } from '../../lifecycle/model.ts';
import { projectCaseId } from '../../messages.ts';
import { NUMBER_PREFIX } from '../../opening/model.ts';
import { ProjectStore } from '../../store.ts';
import { PROJECT_COLUMNS, projectsOf, type ProjectOfFile } from '../import.ts';
import { TAKE_OVER } from '../batch.ts';

type Placed = PlacedRecord<ProjectOfFile>;

/** How the rows of a ledger of projects are read, and what is stored of them before their cases open. */
@Injectable()
export class ProjectImporter implements Importer<ProjectOfFile> {
  readonly kind = 'projects';
  readonly rules = PROJECT_COLUMNS;
  readonly #units: UnitService;
  readonly #needs: NeedService;
  readonly #proposals: ProposalService;
  readonly #policy: PolicyService;
  readonly #words: SearchWords;
  readonly #store: ProjectStore;
  readonly #batches: CaseBatches;

  constructor(
    kinds: ImportKinds,
    units: UnitService,
    needs: NeedService,
    proposals: ProposalService,
    policy: PolicyService,
    words: SearchWords,
    store: ProjectStore,
    batches: CaseBatches,
  ) {
    this.#units = units;
    this.#needs = needs;
    this.#proposals = proposals;
    this.#policy = policy;
    this.#words = words;
    this.#store = store;
    this.#batches = batches;
    kinds.register(this);
  }

  async read(tx: Tx, { table, layout, plan }: PlannedSheet, { at }: RowTerms): Promise<FileRows<ProjectOfFile>> {
    const records = await readRecords(table, layout, plan, PROJECT_COLUMNS);
    const on = shanghaiDate(at);
    const units = (await this.#units.all(tx)).filter((unit) => isThere(unit, on));
    const ready = await this.#proposals.ready(tx);
    const known = {
      communities: units.filter(({ kind, orgPath }) => kind === 'community' && within(orgPath, tx.scope.orgPath)),
      units,
      proposals: new Map(ready.flatMap((proposal) => [proposal.sourceNumber, proposal.number].flatMap((number) => (number === null ? [] : [[number, proposal] as const])))),
    };
    const { unknownHeadings, asides } = records;
    return { unknownHeadings, asides, rows: await projectsOf(records, known, at) };
  }

  /** Refuses `IMPORT_HAS_BAD_ROWS` where two sheets name one proposal. */
  async insert(tx: Tx, records: readonly Placed[], intent: Intent, source: ImportSource): Promise<void> {
    assertProposalsOnce(records);
    await this.#drawUp(tx, records.filter(({ proposal }) => proposal === null), intent);
    const ids = records.map(proposalIdOf);
    await this.#proposals.markMatched(tx, ids, intent);
    const { at } = intent;
    await this.#store.draft(
      tx,
      records.map((record) => ({
        id: record.id,
        title: record.title,
        category: record.category,
        proposalId: proposalIdOf(record),
        communityId: record.communityId,
        orgPath: record.orgPath,
        budgetFen: record.budgetFen,
        words: this.#words.of(record.title, record.description),
        takenOver: { number: record.sourceNumber, ledBefore: ledBefore(record) },
      })),
      NUMBER_PREFIX,
      at,
    );
    const policy = await this.#policy.current(tx, 'microProject', at);
    const points = await this.#policy.current(tx, 'points', at);
    const items = records.map((record) => ({
      caseId: projectCaseId(record.id),
      asked: {
        type: 'takeOver' as const,
        proposalId: proposalIdOf(record),
        communityId: record.communityId,
        orgPath: record.orgPath,
        budgetFen: record.budgetFen,
        needs: needsOf(record),
        policy,
        points,
        status: record.status,
        leadUnit: record.leadUnit,
        implementerId: record.implementerId,
        claimedOn: record.claimedOn,
        agreedOn: record.agreedOn,
        startedOn: record.startedOn,
        reports: reportsOf(record),
        funds: record.funds,
        coFunders: record.coFunders,
        drawnUp: record.proposal === null,
        source: { ...source, sheet: record.sheet, row: record.row, number: record.sourceNumber },
      },
    }));
    await this.#batches.store<ProjectCommand>(tx, TAKE_OVER, intent, items);
  }

  /** The need and the proposal that a project must have, as far as the row tells of them. */
  async #drawUp(tx: Tx, records: readonly Placed[], intent: Intent): Promise<void> {
    const { at } = intent;
    await this.#needs.insertAll(
      tx,
      records.map((record) => ({
        id: needIdOf(record),
        orgPath: record.orgPath,
        sourceNumber: null,
        communityId: record.communityId,
        channel: 'other' as const,
        place: null,
        category: record.category,
        urgency: 'routine' as const,
        peopleAffected: record.peopleAffected,
        evidence: null,
        publicText: record.description,
        raiserKind: 'staffOnBehalf' as const,
        raiser: { words: null, name: null, phone: null, consent: null },
        raisedAt: ledBefore(record) ?? at,
        state: 'triaged' as const,
      })),
      at,
    );
    await this.#proposals.insertAll(
      tx,
      records.map((record) => {
        const fromOn = sinceOf(record) ?? shanghaiDate(at);
        return {
          id: proposalIdOf(record),
          orgPath: record.orgPath,
          sourceNumber: null,
          communityId: record.communityId,
          title: record.title,
          description: record.description,
          category: record.category,
          capability: record.category,
          budgetFen: record.budgetFen,
          hours: 0,
          fromOn,
          // Nobody is matched by it any more.
          untilOn: shanghaiDate(at),
          sharedProperty: false,
          peopleExpected: record.peopleAffected,
          implementerId: null,
          needIds: [needIdOf(record)],
        };
      }),
    );
    for (const record of records) await this.#proposals.makeReady(tx, proposalIdOf(record), 1, intent);
  }
}

function assertProposalsOnce(records: readonly Placed[]): void {
  const seen = new Set<string>();
  const twice = records.filter(({ proposal }) => proposal && (seen.has(proposal.id) || !seen.add(proposal.id)));
  if (twice.length === 0) return;
  const errors = twice.map(({ row, sheet }) => ({ at: place(row, 1), code: 'PROPOSAL_TWICE', params: { sheet } }));
  refuse('IMPORT_HAS_BAD_ROWS', 'rule', { bad: twice.length, rows: records.length }, errors);
}

function needIdOf({ id }: Placed): string {
  return deriveId(id, 'need');
}

function proposalIdOf({ id, proposal }: Placed): string {
  return proposal?.id ?? deriveId(id, 'proposal');
}

function needsOf(record: Placed): readonly string[] {
  return record.proposal?.needIds ?? [needIdOf(record)];
}

/** What was solved, the last of the reports says. */
function reportsOf(record: Placed) {
  const last = record.reports.length - 1;
  return record.reports.map((report, index) => ({ ...report, needs: record.isSolved && index === last ? needsOf(record) : [] }));
}

function sinceOf({ claimedOn, agreedOn, startedOn }: Placed): LocalDate | null {
  return claimedOn ?? agreedOn ?? startedOn;
}

function ledBefore(record: Placed) {
  const since = sinceOf(record);
  return since === null ? null : shanghaiInstant(since);
}
