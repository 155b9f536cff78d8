import { Link, useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { exactMoney, roundMoney, wholeNumber } from '../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import { InDistrict } from '../../blocks/in-district.tsx';
import { Reading } from '../../blocks/reading.tsx';
import { useTitle } from '../../blocks/use-title.ts';
import { texts } from './texts.ts';

const FIGURES = ['microProjects', 'fundsFen', 'problemsSolved', 'peopleServed', 'awardsFen'] as const;
const COLUMNS = ['microProjects', 'fundsFen', 'problemsSolved'] as const;

type Line = { readonly id: string; readonly name: string } & Readonly<Record<(typeof COLUMNS)[number], number>>;

export default function QuarterPage() {
  const { quarter = '' } = useParams();
  return <InDistrict>{({ id }) => <One tenant={id} quarter={quarter} />}</InDistrict>;
}

function One({ tenant, quarter }: { readonly tenant: string; readonly quarter: string }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const title = t('of', { year: quarter.slice(0, 4), number: quarter.slice(5) });
  useTitle(title);
  const report = useQuery({
    queryKey: ['public-results', tenant, quarter],
    queryFn: () => read(api.GET('/api/v1/public/results/{quarter}', { params: { path: { quarter }, query: { tenant } } })),
  });
  return (
    <>
      <h1>{title}</h1>
      <Reading query={report}>
        {(found) => (
          <>
            <dl className={styles['facts']}>
              {FIGURES.map((name) => (
                <FigureLine key={name} label={t(name)} exact={shown(name, found[name], language)}>
                  {name.endsWith('Fen') ? roundMoney(found[name], language) : wholeNumber(found[name])}
                </FigureLine>
              ))}
            </dl>
            <Lines title={t('byCommunity')} lines={found.byCommunity} />
            <Lines title={t('byUnit')} lines={found.byUnit.filter(({ microProjects }) => microProjects > 0)} />
          </>
        )}
      </Reading>
      <p>
        <Link to="/p/results">{t('back')}</Link>
      </p>
    </>
  );
}

function shown(name: string, value: number, language: Parameters<typeof exactMoney>[1]): string {
  return name.endsWith('Fen') ? exactMoney(value, language) : wholeNumber(value);
}

function FigureLine({ label, exact, children }: { readonly label: string; readonly exact: string; readonly children: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className={styles['figure']} title={exact}>
        {children}
      </dd>
    </>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  const t = useTexts(texts);
  const language = useLanguage();
  return (
    <>
      <h2>{title}</h2>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className={styles['number']}>
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">{line.name}</th>
              {COLUMNS.map((name) => (
                <td key={name} data-label={t(name)} className={styles['number']}>
                  {shown(name, line[name], language)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
