import { useState } from 'react';
import { Button, Checkbox } from 'antd';
import { useNavigate } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { useMe } from '../../me.ts';
import type { Kind } from './kinds.ts';
import styles from './page.module.css';
import { Previewed } from './previewed.tsx';
import { preview } from './requests.ts';
import { Running } from './running.tsx';
import { texts } from './texts.ts';
import { useImport } from './use-import.ts';

const KB = 1024;

/** One file on its way: chosen, looked at, taken. */
export function OneFile({ kind }: { readonly kind: Kind }) {
  const t = useTexts(texts);
  const me = useMe();
  const navigate = useNavigate();
  const language = useLanguage();
  const [takeOver, setTakeOver] = useState(false);
  const importing = useImport(`${me.account.id}/${kind}`, kind, ({ importId }) => {
    if (importId !== null) void navigate(`/needs/import/${importId}?kind=${kind}`);
  });
  const { kept, isTaking, isResumed, problem } = importing;
  const looked = useQuery({
    queryKey: ['import', 'preview', kept?.id, kept?.takeOver, kept?.sheets, language],
    queryFn: () => (kept ? preview(kind, kept) : Promise.reject(new Error('no file is chosen'))),
    enabled: kept != null && !isTaking,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  if (kept === undefined) return null;
  const takesOver = kept?.takeOver ?? takeOver;
  return (
    <>
      <Section title={t('section')}>
        <div className={styles['choose']}>
          {kept ? (
            <>
              <span>
                {isResumed && t('resumed')} {t('chosen', { name: kept.file.name, size: Math.ceil(kept.file.size / KB) })}
              </span>
              {!isTaking && <Button onClick={importing.drop}>{t('another')}</Button>}
            </>
          ) : (
            <input
              type="file"
              aria-label={t('file')}
              accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              onChange={({ target }) => {
                const [file] = target.files ?? [];
                if (file) importing.choose(file, takeOver);
              }}
            />
          )}
          {kind !== 'projects' && (
            <Checkbox
              checked={takesOver}
              disabled={isTaking}
              onChange={({ target }) => {
                setTakeOver(target.checked);
                importing.change({ takeOver: target.checked });
              }}
            >
              {t('takeOver')}
            </Checkbox>
          )}
        </div>
        {isTaking && <Running say={(seconds) => t('taking', { seconds })} />}
        {kept && !isTaking && looked.isFetching && <Running say={(seconds) => t('reading', { seconds })} />}
        {problem && <Refusal error={problem} retry={problem.isOpen && kept?.running ? () => importing.take(kept.running?.takeGood ?? false) : undefined} />}
        {kept && looked.isError && <Refusal error={looked.error} retry={() => void looked.refetch()} />}
      </Section>
      {kept && looked.data && !isTaking && <Previewed kind={kind} kept={kept} report={looked.data} importing={importing} refresh={() => void looked.refetch()} />}
    </>
  );
}
