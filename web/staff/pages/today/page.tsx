import { Link } from 'react-router';
import { dayOfDeadline, shortDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { pageOfCase } from '../../blocks/case-address.ts';
import { useKindName } from '../../blocks/case-kinds.ts';
import { Door, Doors } from '../../blocks/door.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useDeadline } from '../../blocks/workdays.ts';
import { Loop } from './loop.tsx';
import styles from './page.module.css';
import { Owners } from './owners.tsx';
import { texts } from './texts.ts';
import { useToday, type Wait } from './use-today.ts';

export default function TodayPage() {
  const t = useTexts(texts);
  const today = useToday();
  if (today.isPending) return <PageSkeleton />;
  if (today.isError) return <Refusal error={today.error} retry={() => void today.refetch()} />;
  const { mine, count, nextOfOthers, weekEnd } = today.data;
  const first = mine[0];
  const next = first && pageOfCase(first.caseId);
  return (
    <Page
      title={t('title')}
      lead={t('lead', { mine: count.mine, late: count.othersLate })}
      primary={
        next !== undefined && (
          <Link className={styles['primary']} to={next}>
            {t('next')}
          </Link>
        )
      }
    >
      <div className={styles['doors']}>
        <Doors label={t('doors')}>
          <Door label={t('mine')} value={count.mine} to="/waits?turn=mine" />
          <Door label={t('othersLate')} value={count.othersLate} to="/waits?turn=other&late=true" tone="late" />
          <Door label={t('thisWeek')} value={count.thisWeek} to={`/waits?late=false&dueBy=${weekEnd}`} />
          <Door label={t('system')} value={count.system} to="/waits?turn=system" />
        </Doors>
      </div>
      <Section title={t('mineList')}>
        {mine.length === 0 ? <Nothing next={nextOfOthers} /> : <MyTurns waits={mine} />}
        {count.mine > mine.length && <Link to="/waits?turn=mine">{t('all', { count: count.mine })}</Link>}
      </Section>
      <Owners />
      <Loop />
    </Page>
  );
}

function MyTurns({ waits }: { readonly waits: readonly Wait[] }) {
  const deadline = useDeadline();
  const kindName = useKindName();
  return (
    <ul className={styles['turns']}>
      {waits.map(({ caseId, kind, name, title, what, due }) => {
        const { text, standing } = deadline(due);
        const address = pageOfCase(caseId);
        return (
          <li key={`${caseId} ${name}`}>
            <span className={styles['what']}>
              {address ? <Link to={address}>{title ?? kindName(kind)}</Link> : (title ?? kindName(kind))}
              <span>{what}</span>
            </span>
            <StatusTag standing={standing === 'others' ? 'mine' : standing}>{text}</StatusTag>
          </li>
        );
      })}
    </ul>
  );
}

/** Nothing to do is said together with what comes next. */
function Nothing({ next }: { readonly next: Wait | undefined }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const why = next?.due
    ? t('nothingNext', { day: shortDay(dayOfDeadline(next.due), language), what: next.what, who: next.owner })
    : t('nothingAtAll');
  return <Empty title={t('nothing')} why={why} />;
}
