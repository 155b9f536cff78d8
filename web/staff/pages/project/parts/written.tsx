import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { dateAndTime } from '../../../../shared/format/time.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Empty } from '../../../blocks/empty.tsx';
import { Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import styles from '../page.module.css';
import { texts } from '../texts.ts';

/** Reports, reasons and findings in their own words, newest first. */
export function Written({ projectId: id }: { readonly projectId: string }) {
  const t = useTexts(texts);
  const contents = useQuery({
    queryKey: ['project', id, 'contents'],
    queryFn: () => read(api.GET('/api/v1/projects/{id}/contents', { params: { path: { id } } })),
  });
  if (!contents.data) return contents.isError ? <Refusal error={contents.error} retry={() => void contents.refetch()} /> : null;
  const nameOf = (kind: string, of: string): string => {
    const key = texts.keys.find((it) => it === `written.${kind}`);
    return key ? t(key, { quarter: of, month: of }) : '';
  };
  const written = contents.data
    .map(({ id: key, at, kind, body }) => ({ key, at, kind, of: wordsIn(body, 'quarter') || wordsIn(body, 'month'), parts: partsOf(kind, body) }))
    .filter(({ parts }) => parts.length > 0)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <Section title={t('texts')}>
      {written.length === 0 && <Empty title={t('textsNone')} />}
      {written.map(({ key, at, kind, of, parts }) => (
        <blockquote key={key} className={styles['written']}>
          <div>
            <strong>{nameOf(kind, of)}</strong> <time dateTime={at}>{dateAndTime(at)}</time>
          </div>
          {parts.map(([name, words]) => (
            <p key={name}>{isNamed(name) ? t('part', { name: t(`part.${name}`), words }) : words}</p>
          ))}
        </blockquote>
      ))}
    </Section>
  );
}

/** What of each kind is told in words; amounts, counts and codes have their own places on the page. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  decline: ['reason'],
  withdrawal: ['reason'],
  agreement: ['terms'],
  progressNote: ['text'],
  report: ['done', 'difficulties', 'next'],
  completion: ['summary'],
  rectification: ['summary'],
  consent: ['reference'],
  reportReturn: ['reason'],
  reportWaiver: ['reason'],
  acceptance: ['finding'],
  rectificationOrder: ['reason'],
  assignment: ['meetingReference'],
  suspension: ['reason'],
  cancellation: ['reason'],
  awardForgone: ['reason'],
  'funding.pledge': ['voucher'],
  'funding.deliver': ['voucher'],
  'funding.verify': ['voucher'],
};

type Body = Readonly<Record<string, unknown>>;

function wordsIn(body: Body, name: string): string {
  const said = body[name];
  return typeof said === 'string' ? said.trim() : '';
}

function partsOf(kind: string, body: Body): (readonly [string, string])[] {
  return (PARTS[kind] ?? []).map((name) => [name, wordsIn(body, name)] as const).filter(([, words]) => words !== '');
}

/** Parts that say little without their name. */
const NAMED = ['difficulties', 'next', 'voucher', 'reference'] as const;

function isNamed(name: string): name is (typeof NAMED)[number] {
  return (NAMED as readonly string[]).includes(name);
}
