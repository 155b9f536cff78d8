import type { OrgUnit } from '../../accounts/units/model.ts';
import type { Language } from '../../kernel/texts.ts';
import type { Sheet } from '../../platform/tables/write.ts';
import { texts } from '../texts.ts';
import type { ThreeLists } from './service.ts';

type Key = keyof typeof texts;

interface Words {
  readonly language: Language;
  readonly units: ReadonlyMap<string, OrgUnit>;
}

const text = (key: Key, { language }: Words): string => texts[key][language];
const unitName = (id: string, { units }: Words): string => units.get(id)?.name ?? '';

/** Yuan with two decimals, exactly. */
function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

const sheet = (columns: readonly Key[], rows: readonly (readonly string[])[], words: Words): Sheet => ({
  headings: columns.map((key) => text(key, words)),
  rows,
});

/** 需求清单 as offices print it and pass it on. */
export function needSheet(needs: ThreeLists['needs'], words: Words): Sheet {
  const columns = [
    'needs.column.number',
    'needs.column.community',
    'needs.column.place',
    'needs.column.need',
    'needs.column.category',
    'needs.column.urgency',
    'needs.column.peopleAffected',
    'needs.column.state',
  ] as const;
  const rows = needs.map((need) => [
    need.number,
    unitName(need.communityId, words),
    need.place ?? '',
    need.publicText ?? '',
    text(`needs.category.${need.category}`, words),
    text(`needs.urgency.${need.urgency}`, words),
    String(need.peopleAffected),
    text(`needs.need.${need.state}`, words),
  ]);
  return sheet(columns, rows, words);
}

/** 资源清单. */
export function resourceSheet(offers: ThreeLists['resources'], words: Words): Sheet {
  const columns = [
    'needs.column.number',
    'needs.column.unit',
    'needs.column.offer',
    'needs.column.categories',
    'needs.column.communities',
    'needs.column.capacity',
    'needs.column.funds',
    'needs.column.hours',
    'needs.column.from',
    'needs.column.until',
  ] as const;
  const rows = offers.map((offer) => [
    offer.number,
    unitName(offer.unitId, words),
    offer.description,
    offer.categories.map((category) => text(`needs.category.${category}`, words)).join('、'),
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
export function projectSheet(proposals: ThreeLists['projects'], words: Words): Sheet {
  const columns = [
    'needs.column.number',
    'needs.column.title',
    'needs.column.community',
    'needs.column.category',
    'needs.column.capability',
    'needs.column.budget',
    'needs.column.hours',
    'needs.column.from',
    'needs.column.until',
    'needs.column.peopleExpected',
    'needs.column.description',
    'needs.column.state',
  ] as const;
  const rows = proposals.map((proposal) => [
    proposal.number,
    proposal.title,
    unitName(proposal.communityId, words),
    text(`needs.category.${proposal.category}`, words),
    text(`needs.category.${proposal.capability}`, words),
    yuan(proposal.budgetFen),
    String(proposal.hours),
    proposal.fromOn,
    proposal.untilOn,
    String(proposal.peopleExpected),
    proposal.description,
    text(`needs.proposal.${proposal.state}`, words),
  ]);
  return sheet(columns, rows, words);
}
