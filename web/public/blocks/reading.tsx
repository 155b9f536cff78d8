import type { ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import styles from './blocks.module.css';
import { Refusal } from './problem.tsx';

const texts = defineTexts('public/blocks/reading', { pending: { zh: '正在读取…', en: 'Loading…' } });

/** What was asked for, or how it stands with the asking. */
export function Reading<Data>({ query, children }: { readonly query: UseQueryResult<Data>; readonly children: (data: Data) => ReactNode }) {
  const t = useTexts(texts);
  if (query.isPending) {
    return (
      <p role="status" className={styles['pending']}>
        {t('pending')}
      </p>
    );
  }
  if (query.isError) return <Refusal error={query.error} retry={() => void query.refetch()} />;
  return <>{children(query.data)}</>;
}
