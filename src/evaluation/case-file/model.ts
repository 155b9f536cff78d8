import type { DocumentFacts, PaperContent } from '../../documents/model.ts';
import { minuteOf } from '../../documents/model.ts';
import type { Fen } from '../../kernel/money.ts';
import type { PaperBlock } from '../../kernel/paper.ts';
import type { Say } from '../../kernel/texts.ts';
import type { Instant } from '../../kernel/time.ts';
import { yuan } from '../../projects/documents/model.ts';
import type { FundingLine } from '../../projects/funding/model.ts';

/** 一项目一档: what is known of a project, organisations by name and persons not at all. */
export interface CaseFileFacts extends DocumentFacts {
  readonly title: string;
  readonly community: string;
  readonly lead: string | null;
  readonly implementer: string | null;
  readonly budgetFen: Fen;
  readonly events: readonly { readonly type: string; readonly at: Instant; readonly unit: string; readonly quarter: string }[];
  readonly reports: readonly { readonly quarter: string; readonly status: string; readonly late: boolean; readonly served: number; readonly spentFen: Fen; readonly done: string }[];
  readonly funding: readonly (Omit<FundingLine, 'funderId'> & { readonly funder: string })[];
  readonly grade: string | null;
  /** Of 100 points. */
  readonly scoreHundredths: number | null;
  readonly raters: number;
  /** Null while too few have rated it to be shown. */
  readonly satisfactionHundredths: number | null;
  readonly awardFen: Fen | null;
  readonly files: readonly { readonly hash: string; readonly mediaType: string; readonly receivedAt: Instant }[];
}

const NOTHING = '—';
/** As much of a hash as tells files of one project apart. */
const HASH_SHOWN = 16;

function hundredths(value: number): string {
  return (value / 100).toFixed(2);
}

function resources({ book }: { readonly book: FundingLine['book'] }, amount: number): string {
  return book === 'hours' ? String(Math.round(amount / 6) / 10) : yuan(amount);
}

export function caseFilePaper(facts: CaseFileFacts, say: Say): PaperContent {
  const text = (part: string, params?: Readonly<Record<string, string | number>>): string => say(`evaluation.caseFile.${part}`, params);
  const section = (part: string, count: number, blocks: () => readonly PaperBlock[]): PaperBlock[] => [
    { type: 'heading', text: text(part) },
    ...(count === 0 ? [{ type: 'paragraph', text: text('none') } as const] : blocks()),
  ];
  const { label, title, community, lead, implementer, budgetFen, events, reports, funding, files } = facts;
  return {
    style: 'report',
    title: text('title'),
    subtitle: `${label}　${title}`,
    blocks: [
      {
        type: 'facts',
        rows: [
          [text('number'), label],
          [text('community'), community],
          [text('lead'), lead ?? NOTHING],
          [text('implementer'), implementer ?? NOTHING],
          [text('budget'), yuan(budgetFen)],
          [text('grade'), facts.grade === null ? NOTHING : text(`grade.${facts.grade}`)],
          [text('score'), facts.scoreHundredths === null ? NOTHING : hundredths(facts.scoreHundredths)],
          [text('satisfaction'), facts.satisfactionHundredths === null ? text('satisfaction.hidden', { raters: facts.raters }) : text('satisfaction.shown', { percent: hundredths(facts.satisfactionHundredths), raters: facts.raters })],
          [text('award'), facts.awardFen === null ? NOTHING : yuan(facts.awardFen)],
        ],
      },
      ...section('history', events.length, () => [
        {
          type: 'table',
          columns: [{ text: text('at'), share: 1 }, { text: text('event'), share: 3 }],
          rows: events.map(({ type, at, unit, quarter }) => [minuteOf(at), say(`stage.microProject.event.${type}`, { unit, quarter })]),
        },
      ]),
      ...section('reports', reports.length, () => [
        {
          type: 'table',
          columns: [
            { text: text('quarter'), share: 1 },
            { text: text('status'), share: 1.2 },
            { text: text('served'), share: 1, align: 'right' },
            { text: text('spent'), share: 1.5, align: 'right' },
            { text: text('done'), share: 4 },
          ],
          rows: reports.map(({ quarter, status, late, served, spentFen, done }) => [
            quarter,
            `${text(`report.${status}`)}${late ? text('late') : ''}`,
            String(served),
            yuan(spentFen),
            done,
          ]),
        },
      ]),
      ...section('funding', funding.length, () => [
        {
          type: 'table',
          columns: [
            { text: text('funder'), share: 3 },
            { text: text('book'), share: 1.3 },
            { text: text('pledged'), share: 1.5, align: 'right' },
            { text: text('delivered'), share: 1.5, align: 'right' },
            { text: text('verified'), share: 1.5, align: 'right' },
          ],
          rows: funding.map((line) => [
            line.funder,
            text(`book.${line.book}`),
            resources(line, line.pledged),
            resources(line, line.delivered),
            resources(line, line.verified),
          ]),
        },
      ]),
      ...section('files', files.length, () => [
        {
          type: 'table',
          columns: [{ text: text('at'), share: 1.2 }, { text: text('file'), share: 1 }, { text: text('hash'), share: 2 }],
          rows: files.map(({ receivedAt, mediaType, hash }) => [minuteOf(receivedAt), text(mediaType === 'application/pdf' ? 'scan' : 'picture'), hash.slice(0, HASH_SHOWN)]),
        },
      ]),
    ],
  };
}
