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
  const written = contents.data
    .map(({ id: key, at, body }) => ({ key, at, words: wordsOf(body) }))
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <Section title={t('texts')}>
      {written.length === 0 && <Empty title={t('textsNone')} />}
      {written.map(({ key, at, words }) => (
        <blockquote key={key} className={styles['written']}>
          <time dateTime={at}>{dateAndTime(at)}</time>
          {words.map((word) => (
            <p key={word}>{word}</p>
          ))}
        </blockquote>
      ))}
    </Section>
  );
}

/** Sentences of a content, without its numbers and ids. */
function wordsOf(body: Readonly<Record<string, unknown>>): string[] {
  const isId = (text: string): boolean => /^[\da-f-]{36}$|^[\w-]{43}$|^\d{4}(Q\d|-\d\d-\d\d)$/.test(text);
  return Object.values(body).filter((value): value is string => typeof value === 'string' && value.trim() !== '' && !isId(value));
}
