import { useState } from 'react';
import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { wholeNumber } from '../../../../shared/format/money.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Button } from '../../../blocks/button.tsx';
import { Empty } from '../../../blocks/empty.tsx';
import { Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { useUnitName } from '../../../blocks/units.ts';
import { holds, useMe, type Schemas } from '../../../me.ts';
import styles from '../page.module.css';
import { texts } from '../texts.ts';
import { VerifyForm } from './verify-form.tsx';

const FEN = 100;
type Line = Schemas['ProjectFunding']['lines'][number];

const STEPS = ['pledged', 'delivered', 'verified'] as const;

/** Who gives what, and how far it has come; one unit of measure a row. */
export function Funding({ projectId: id }: { readonly projectId: string }) {
  const t = useTexts(texts);
  const unitName = useUnitName();
  const me = useMe();
  const mayGive = holds(me, 'projects.claim');
  const mayVerify = holds(me, 'projects.accept');
  const [verifying, verify] = useState<Line>();
  const funding = useQuery({
    queryKey: ['project', id, 'funding'],
    queryFn: () => read(api.GET('/api/v1/projects/{id}/funding', { params: { path: { id } } })),
  });
  if (!funding.data) return funding.isError ? <Refusal error={funding.error} retry={() => void funding.refetch()} /> : null;
  const { lines } = funding.data;
  return (
    <Section title={t('funding')}>
      {lines.length === 0 ? (
        <Empty title={t('fundingNone')} why={t('fundingWhy')} />
      ) : (
        <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('funding')}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('funder')}</th>
                <th scope="col">{t('book')}</th>
                {STEPS.map((step) => (
                  <th key={step} scope="col" className={styles['number']}>
                    {t(step)}
                  </th>
                ))}
                {mayVerify && <th />}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.funderId + line.book}>
                  <th scope="row">{unitName(line.funderId)}</th>
                  <td>{t(`book.${line.book}`)}</td>
                  {STEPS.map((step) => (
                    <td key={step} className={styles['number']}>
                      {line.book === 'hours' ? wholeNumber(line[step]) : (line[step] / FEN).toLocaleString('en-US', { minimumFractionDigits: 2 })}
                    </td>
                  ))}
                  {mayVerify && <td>{line.delivered > line.verified && <Button onClick={() => verify(line)}>{t('verify')}</Button>}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {mayGive && <Link to={`/unit/projects/${id}/contribute`}>{t('contribute')}</Link>}
      {verifying && <VerifyForm projectId={id} line={verifying} close={() => verify(undefined)} />}
    </Section>
  );
}
