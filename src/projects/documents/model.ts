import { headed, type DocumentFacts, type PaperContent } from '../../documents/model.ts';
import { inCapitals } from '../../kernel/capitals.ts';
import type { Fen } from '../../kernel/money.ts';
import type { PaperBlock } from '../../kernel/paper.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Say } from '../../kernel/texts.ts';
import type { FundingLine } from '../funding/model.ts';

interface ProjectFacts extends DocumentFacts {
  readonly number: string;
  readonly title: string;
  readonly community: string;
  readonly lead: string;
  readonly budgetFen: Fen;
}

export type ClaimLetterFacts = ProjectFacts;

export interface Promised {
  readonly funder: string;
  readonly book: FundingLine['book'];
  /** Fen for money and the value of goods, minutes for service; all that was promised and not taken back. */
  readonly amount: number;
}

export interface AgreementFacts extends ProjectFacts {
  /** Null where the lead unit does the work itself; otherwise the agreement has three parties. */
  readonly implementer: string | null;
  readonly promised: readonly Promised[];
  /** What was agreed beyond the sample's text. */
  readonly terms: string;
}

/** A project and, for a draft, who is to carry it out: `<project>` or `<project>/<organisation>`. */
export function agreementSubject(projectId: string, implementerId?: string): string {
  return implementerId === undefined ? projectId : `${projectId}/${implementerId}`;
}

/** Refuses `DOCUMENT_TOO_EARLY` while nobody leads the project. */
export function leadOf({ leadUnit, status }: { readonly leadUnit: string | null; readonly status: string }): string {
  return leadUnit ?? refuse('DOCUMENT_TOO_EARLY', 'state', { status });
}

/** A title inside marks of quotation has the inner ones (GB/T 15834). */
function quotable(title: string): string {
  return title.replaceAll('“', '‘').replaceAll('”', '’');
}

/** `50,000.00` */
export function yuan(amount: number): string {
  const cents = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${cents.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${cents.slice(-2)}`;
}

function amountOf({ book, amount }: Promised, say: Say): string {
  return book === 'hours' ? say('projects.document.hours', { hours: String(Math.round(amount / 6) / 10) }) : say('projects.document.yuan', { amount: yuan(amount) });
}

function money(amount: Fen, say: Say): string {
  return say('projects.document.inCapitals', { amount: yuan(amount), capitals: inCapitals(amount) });
}

function overview({ number, title, community, lead, budgetFen }: ProjectFacts, say: Say): PaperBlock {
  return {
    type: 'facts',
    rows: [
      [say('projects.document.number'), number],
      [say('projects.document.title'), title],
      [say('projects.document.community'), community],
      [say('projects.document.lead'), lead],
      [say('projects.document.budget'), money(budgetFen, say)],
    ],
  };
}

/** 认领函: from the lead unit to the community, to be stamped. */
export function claimLetterPaper(facts: ClaimLetterFacts, say: Say): PaperContent {
  const { community, lead, number } = facts;
  const title = quotable(facts.title);
  const text = (part: string): PaperBlock => ({ type: 'paragraph', text: say(`projects.claimLetter.${part}`, { community, lead, number, title }), indent: true });
  const heading = (part: string): PaperBlock => ({ type: 'heading', text: say(`projects.claimLetter.${part}`) });
  return {
    style: 'official',
    ...headed(facts),
    title: say('projects.claimLetter.title', { title }),
    blocks: [
      { type: 'paragraph', text: say('projects.claimLetter.to', { community }) },
      text('opening'),
      heading('project'),
      overview(facts, say),
      heading('promises'),
      text('agree'),
      text('report'),
      text('withdraw'),
      text('closing'),
      { type: 'paragraph', text: `\n${say('projects.document.sealed', { name: lead })}\n${say('projects.document.date')}`, align: 'right' },
    ],
  };
}

/** 共建协议, of three parties where another body does the work. */
export function agreementPaper(facts: AgreementFacts, say: Say): PaperContent {
  const { number, community, lead, implementer, budgetFen, promised, terms } = facts;
  const title = quotable(facts.title);
  const copies = implementer === null ? 2 : 3;
  const params = { title, number, community, lead, implementer: implementer ?? lead, amount: money(budgetFen, say), copies };
  const three = implementer !== null;
  const heading = (part: string): PaperBlock => ({ type: 'heading', text: say(`projects.agreement.${part}`) });
  const text = (part: string): PaperBlock => ({ type: 'paragraph', text: say(`projects.agreement.${part}`, params), indent: true });
  const party = (role: string, name: string): string[] => [
    say('projects.document.sealed', { name: say(`projects.agreement.party.${role}`) }),
    name,
    say('projects.document.signed'),
    say('projects.document.date'),
  ];
  const funding: PaperBlock[] =
    promised.length === 0
      ? []
      : [
          {
            type: 'table',
            columns: [
              { text: say('projects.document.funder'), share: 3 },
              { text: say('projects.document.book'), share: 1.4 },
              { text: say('projects.document.amount'), share: 2, align: 'right' },
            ],
            rows: promised.map((line) => [line.funder, say(`projects.document.book.${line.book}`), amountOf(line, say)]),
          },
        ];
  return {
    style: 'official',
    ...headed(facts),
    title: say('projects.agreement.title', { title }),
    ...(three && { subtitle: say('projects.agreement.three') }),
    blocks: [
      {
        type: 'facts',
        rows: [
          [say('projects.agreement.party.community'), community],
          [say('projects.agreement.party.lead'), lead],
          ...(three ? [[say('projects.agreement.party.implementer'), implementer] as const] : []),
        ],
      },
      text('opening'),
      heading('content'),
      text('content.text'),
      heading('money'),
      text('money.text'),
      ...funding,
      heading('duties'),
      text('duties.community'),
      text('duties.lead'),
      ...(three ? [text('duties.implementer')] : []),
      heading('reports'),
      text('reports.text'),
      heading('acceptance'),
      text('acceptance.text'),
      heading('leaving'),
      text('leaving.text'),
      heading('terms'),
      { type: 'paragraph', text: terms === '' ? say('projects.agreement.noTerms') : terms, indent: true },
      heading('end'),
      text('end.text'),
      { type: 'signatures', parties: [party('community', community), party('lead', lead), ...(three ? [party('implementer', implementer)] : [])] },
      { type: 'paragraph', text: say('projects.agreement.sample'), small: true },
    ],
  };
}
