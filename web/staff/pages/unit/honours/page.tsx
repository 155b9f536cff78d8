import { Link } from 'react-router';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { exactMoney, wholeNumber } from '../../../../shared/format/money.ts';
import { dateAndTime } from '../../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { Button } from '../../../blocks/button.tsx';
import { Empty } from '../../../blocks/empty.tsx';
import { Page, Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { RowsSkeleton } from '../../../blocks/skeletons.tsx';
import { useUnitName } from '../../../blocks/units.ts';
import { NoUnit } from '../../../blocks/no-unit.tsx';
import { useOwnUnits } from '../../../blocks/own-units.ts';
import { usePoints } from '../points.ts';
import styles from '../unit.module.css';
import { texts } from './texts.ts';

const PAGE = 20;
const MOST = 100;

/** What the unit is credited with, every line of it. */
export default function HonoursPage() {
  const t = useTexts(texts);
  const { own, isPending, error, refetch } = useOwnUnits();
  const [unit] = own;
  if (isPending) return <RowsSkeleton />;
  if (!unit) return error ? <Refusal error={error} retry={() => void refetch()} /> : <NoUnit title={t('title')} />;
  return <Honours unitId={unit.id} name={unit.name} />;
}

function Honours({ unitId, name }: { readonly unitId: string; readonly name: string }) {
  const t = useTexts(texts);
  const points = usePoints(unitId);
  if (points.isPending) return <RowsSkeleton />;
  if (!points.data) return <Refusal error={points.error} retry={() => void points.refetch()} />;
  const { accountId, posted } = points.data;
  return (
    <Page title={t('title')} lead={t('lead', { unit: name, points: wholeNumber(posted) })}>
      <Section title={t('grades')}>
        <Grades unitId={unitId} />
      </Section>
      <Section title={t('points')}>
        {accountId === undefined ? <Empty title={t('noPoints')} why={t('noPointsWhy')} /> : <Statement accountId={accountId} />}
      </Section>
    </Page>
  );
}

function Grades({ unitId }: { readonly unitId: string }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const projects = useQuery({
    queryKey: ['projects', 'graded', unitId],
    queryFn: () => read(api.GET('/api/v1/projects', { params: { query: { leadUnit: unitId, status: 'evaluated,rewarded,closed', limit: MOST } } })),
  });
  if (projects.isPending) return <RowsSkeleton rows={3} />;
  if (!projects.data) return <Refusal error={projects.error} retry={() => void projects.refetch()} />;
  const graded = projects.data.items.filter(({ grade }) => grade !== null);
  if (graded.length === 0) return <Empty title={t('noGrades')} why={t('noGradesWhy')} />;
  const gradeName = (grade: string | null): string => {
    const key = texts.keys.find((it) => it === `grade.${grade}`);
    return key ? t(key) : (grade ?? '');
  };
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">{t('project')}</th>
          <th scope="col">{t('grade')}</th>
          <th scope="col" className={styles['number']}>
            {t('award')}
          </th>
        </tr>
      </thead>
      <tbody>
        {graded.map(({ id, title, grade, awardFen }) => (
          <tr key={id}>
            <th scope="row">
              <Link to={`/projects/${id}`}>{title}</Link>
            </th>
            <td>{gradeName(grade)}</td>
            <td className={styles['number']}>{awardFen === null ? '–' : exactMoney(awardFen, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The ledger's own lines, newest first. */
function Statement({ accountId: id }: { readonly accountId: string }) {
  const t = useTexts(texts);
  const unitName = useUnitName();
  const statement = useInfiniteQuery({
    queryKey: ['statement', id],
    queryFn: ({ pageParam }) =>
      read(api.GET('/api/v1/ledger/accounts/{id}/statement', { params: { path: { id }, query: { limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  if (statement.isPending) return <RowsSkeleton />;
  if (!statement.data) return <Refusal error={statement.error} retry={() => void statement.refetch()} />;
  const giverOf = (account: string): string => unitName(account.slice(account.indexOf('/') + 1));
  return (
    <>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('on')}</th>
            <th scope="col">{t('from')}</th>
            <th scope="col" className={styles['number']}>
              {t('amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {statement.data.pages
            .flatMap(({ account, items }) => items.map((item) => ({ ...item, isIn: item.credit === account.name })))
            .map(({ id: key, at, debit, credit, amount, isIn }) => (
              <tr key={key}>
                <td>{dateAndTime(at)}</td>
                <td>{giverOf(isIn ? debit : credit)}</td>
                <td className={styles['number']}>{isIn ? `+${wholeNumber(amount)}` : `−${wholeNumber(amount)}`}</td>
              </tr>
            ))}
        </tbody>
      </table>
      {statement.hasNextPage && (
        <Button block loading={statement.isFetchingNextPage} onClick={() => void statement.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
