import { useState } from 'react';
import { Button, Drawer, Form, Input } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import { dateAndTime } from '../../../../shared/format/time.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { holds, useMe, type Schemas } from '../../../me.ts';
import styles from '../page.module.css';
import { texts } from '../texts.ts';

const HUNDREDTHS = 100;

export function Evaluation({ projectId: id }: { readonly projectId: string }) {
  const t = useTexts(texts);
  const me = useMe();
  const mayRead = holds(me, 'evaluation.read');
  const [isGiving, setGiving] = useState(false);
  const evaluation = useQuery({
    queryKey: ['project', id, 'evaluation'],
    queryFn: () => read(api.GET('/api/v1/projects/{id}/evaluation', { params: { path: { id } } })),
    enabled: mayRead,
  });
  if (!evaluation.data) return evaluation.isError ? <Refusal error={evaluation.error} retry={() => void evaluation.refetch()} /> : null;
  const { satisfaction, ratersNeeded, codesIssued, doubts, result } = evaluation.data;
  return (
    <Section title={t('rating')}>
      <dl className={styles['facts']}>
        <dt>{t('satisfaction')}</dt>
        <dd>
          {satisfaction.percentHundredths === null
            ? t('satisfactionFew', { count: ratersNeeded })
            : t('satisfactionIs', { percent: (satisfaction.percentHundredths / HUNDREDTHS).toFixed(2), count: satisfaction.raters })}
        </dd>
        <dt>{t('codes')}</dt>
        <dd>{codesIssued}</dd>
        {doubts !== null && doubts.clusters.length > 0 && (
          <>
            <dt>{t('doubts')}</dt>
            <dd>
              {doubts.clusters.map(({ kind, raters, from, until }) => (
                <div key={`${kind}-${from}`}>{t(`doubts.${kind}`, { count: raters, from: dateAndTime(from), until: dateAndTime(until) })}</div>
              ))}
              {t('doubtsWhy')}
            </dd>
          </>
        )}
        {result !== null && (
          <>
            <dt>{t('score')}</dt>
            <dd>{(result.scoreHundredths / HUNDREDTHS).toFixed(2)}</dd>
            <dt>{t('grade')}</dt>
            <dd>{t(`grade.${result.grade}`)}</dd>
          </>
        )}
      </dl>
      {holds(me, 'projects.accept') && <Button onClick={() => setGiving(true)}>{t('giveCodes')}</Button>}
      {isGiving && <GiveCodes projectId={id} close={() => setGiving(false)} />}
    </Section>
  );
}

function GiveCodes({ projectId: id, close }: { readonly projectId: string; readonly close: () => void }) {
  const t = useTexts(texts);
  const [count, setCount] = useState('10');
  const [slips, setSlips] = useState<Schemas['RatingSlips']['items']>();
  const give = useCommand(
    (body: { count: number }, header) => read(api.POST('/api/v1/projects/{id}/rating-codes', { params: { path: { id }, header }, body })),
    ({ items }) => setSlips(items),
  );
  return (
    <Drawer open title={t('giveCodes').replace('…', '')} onClose={close} destroyOnHidden>
      {give.problem && <Refusal error={give.problem} />}
      {slips ? (
        <>
          <p className={styles['warning']}>{t('codesOnce')}</p>
          <ol className={styles['slips']}>
            {slips.map(({ code }) => (
              <li key={code}>{code}</li>
            ))}
          </ol>
        </>
      ) : (
        <Form layout="vertical" onFinish={() => void give.run({ count: Number(count) })}>
          <Form.Item label={t('codesCount')} htmlFor="codes-count">
            <Input id="codes-count" inputMode="numeric" value={count} onChange={({ target }) => setCount(target.value.replace(/\D/g, ''))} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={give.isRunning} block>
            {t('giveCodes').replace('…', '')}
          </Button>
        </Form>
      )}
    </Drawer>
  );
}
