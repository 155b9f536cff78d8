import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { texts } from './texts.ts';

/** All that is kept, to be read to the person or printed; opened on demand, because that it was read is on record. */
export function Copy({ id }: { readonly id: string }) {
  const t = useTexts(texts);
  const [isWanted, setWanted] = useState(false);
  const copy = useQuery({
    queryKey: ['rights', id, 'copy'],
    queryFn: () => read(api.GET('/api/v1/rights-requests/{id}/copy', { params: { path: { id } } })),
    enabled: isWanted,
    staleTime: Infinity,
  });
  if (!isWanted) return <Button onClick={() => setWanted(true)}>{t('copy')}</Button>;
  if (copy.isError) return <Refusal error={copy.error} />;
  if (!copy.data) return null;
  const { need, words, name, phone, texts: written, remarks, photographs } = copy.data;
  const lines = [need?.number, name, phone, words, ...Object.values(written), ...remarks.map(({ at, text }) => `${dateAndTime(at)} ${text}`)];
  return (
    <section aria-label={t('copyOf')}>
      <h3>{t('copyOf')}</h3>
      <ul>
        {lines.map((line, at) => line != null && <li key={at}>{line}</li>)}
        <li>{t('noPhotos', { count: photographs })}</li>
      </ul>
    </section>
  );
}
