import type { OrgUnit } from '../../accounts/units/model.ts';
import type { Need } from '../need/model.ts';
import type { Offer } from '../offer/model.ts';
import type { Proposal } from '../proposal/model.ts';

/** Headings and rows of text, as a spreadsheet shows them. */
export interface ListSheet {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What makes a sheet readable: texts by key in the reader's language, and units by id. */
export interface Words {
  readonly text: (key: string) => string;
  readonly units: ReadonlyMap<string, OrgUnit>;
}

const unitName = (id: string, { units }: Words): string => units.get(id)?.name ?? '';

/** Yuan with two decimals, exactly. */
function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

const sheet = (columns: readonly string[], rows: ListSheet['rows'], { text }: Words): ListSheet => ({
  headings: columns.map((column) => text(`needs.column.${column}`)),
  rows,
});

/** 需求清单 as offices print it and pass it on. */
export function needSheet(needs: readonly Need[], words: Words): ListSheet {
  const columns = [
    'number',
    'community',
    'place',
    'need',
    'category',
    'urgency',
    'peopleAffected',
    'state',
  ];
  const rows = needs.map((need) => [
    need.number,
    unitName(need.communityId, words),
    need.place ?? '',
    need.publicText ?? '',
    words.text(`needs.category.${need.category}`),
    words.text(`needs.urgency.${need.urgency}`),
    String(need.peopleAffected),
    words.text(`needs.need.${need.state}`),
  ]);
  return sheet(columns, rows, words);
}

/** 资源清单. */
export function resourceSheet(offers: readonly Offer[], words: Words): ListSheet {
  const columns = [
    'number',
    'unit',
    'offer',
    'categories',
    'communities',
    'capacity',
    'funds',
    'hours',
    'from',
    'until',
  ];
  const rows = offers.map((offer) => [
    offer.number,
    unitName(offer.unitId, words),
    offer.description,
    offer.categories.map((category) => words.text(`needs.category.${category}`)).join('、'),
    offer.communityIds.map((id) => unitName(id, words)).join('、'),
    String(offer.capacity),
    yuan(offer.fundsFen),
    String(offer.hours),
    offer.fromOn,
    offer.untilOn ?? '',
  ]);
  return sheet(columns, rows, words);
}

/** 项目清单. */
export function projectSheet(proposals: readonly Proposal[], words: Words): ListSheet {
  const columns = [
    'number',
    'title',
    'community',
    'category',
    'capability',
    'budget',
    'hours',
    'from',
    'until',
    'peopleExpected',
    'description',
    'state',
  ];
  const rows = proposals.map((proposal) => [
    proposal.number,
    proposal.title,
    unitName(proposal.communityId, words),
    words.text(`needs.category.${proposal.category}`),
    words.text(`needs.category.${proposal.capability}`),
    yuan(proposal.budgetFen),
    String(proposal.hours),
    proposal.fromOn,
    proposal.untilOn,
    String(proposal.peopleExpected),
    proposal.description,
    words.text(`needs.proposal.${proposal.state}`),
  ]);
  return sheet(columns, rows, words);
}
