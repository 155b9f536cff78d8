import { Link, useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Empty } from '../../../blocks/empty.tsx';
import { Page, Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { PageSkeleton } from '../../../blocks/skeletons.tsx';
import { NoUnit } from '../../../blocks/no-unit.tsx';
import { useOwnUnits } from '../../../blocks/own-units.ts';
import styles from '../unit.module.css';
import { useAmountText } from './amount-text.ts';
import { ContributionForm } from './contribution-form.tsx';
import { texts } from './texts.ts';

const STEPS = ['pledged', 'delivered', 'verified'] as const;

/** Money, goods and service that the unit gives to a project, whoever leads it. */
export default function ContributePage() {
  const { id = '' } = useParams();
  const t = useTexts(texts);
  const amountText = useAmountText();
  const { own, isPending } = useOwnUnits();
  const found = useQuery({
    queryKey: ['project', id, 'contribute'],
    queryFn: async () => {
      const params = { path: { id } };
      const [project, funding] = await Promise.all([
        read(api.GET('/api/v1/projects/{id}', { params })),
        read(api.GET('/api/v1/projects/{id}/funding', { params })),
      ]);
      return { project, lines: funding.lines };
    },
  });
  if (found.isPending || isPending) return <PageSkeleton />;
  const unitId = own[0]?.id;
  if (found.data && unitId === undefined) return <NoUnit title={t('title', { project: found.data.project.title })} />;
  if (!found.data || unitId === undefined) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  const { project, lines } = found.data;
  const ours = lines.filter(({ funderId }) => funderId === unitId);
  return (
    <Page title={t('title', { project: project.title })} lead={t('lead')} actions={<Link to={`/projects/${id}`}>{t('project')}</Link>}>
      <Section title={t('step')}>
        <ContributionForm projectId={id} unitId={unitId} lines={ours} />
      </Section>
      <Section title={t('own')}>
        {ours.length === 0 ? (
          <Empty title={t('none')} />
        ) : (
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('what')}</th>
                {STEPS.map((step) => (
                  <th key={step} scope="col" className={styles['number']}>
                    {t(step)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {ours.map((line) => (
                <tr key={line.book}>
                  <th scope="row">{t(`book.${line.book}`)}</th>
                  {STEPS.map((step) => (
                    <td key={step} className={styles['number']}>
                      {amountText(line.book, line[step])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
    </Page>
  );
}
