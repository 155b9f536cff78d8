import { Link } from 'react-router';
import { dateAndTime, dayOfDeadline, shortDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { pageOfCase } from '../../blocks/case-address.ts';
import { useKindName } from '../../blocks/case-kinds.ts';
import { Door, Doors } from '../../blocks/door.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useDeadline } from '../../blocks/workdays.ts';
import { useMe } from '../../me.ts';
import { pageOfDoor } from './doors.ts';
import { Loop } from './loop.tsx';
import { Month } from './month.tsx';
import styles from './page.module.css';
import { Owners } from './owners.tsx';
import { texts } from './texts.ts';
import { useToday, type Wait } from './use-today.ts';

export default function TodayPage() {
  const t = useTexts(texts);
  const me = useMe();
  const today = useToday();
  if (today.isPending) return <PageSkeleton />;
  if (today.isError) return <Refusal error={today.error} retry={() => void today.refetch()} />;
  const { mine, waits, nextOfOthers, holders, calendar } = today.data;
  const first = mine[0];
  const next = first && pageOfCase(first.caseId);
  return (
    <Page
      title={t('title')}
      lead={t('lead', { mine: waits.mine.count, late: waits.lateByOthers.count })}
      actions={<Button onClick={() => print()}>{t('brief')}</Button>}
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
          <Door label={t('mine')} value={waits.mine.count} to={pageOfDoor(waits.mine.door)} />
          <Door label={t('othersLate')} value={waits.lateByOthers.count} to={pageOfDoor(waits.lateByOthers.door)} tone="late" />
          <Door label={t('thisWeek')} value={waits.dueThisWeek.count} to={pageOfDoor(waits.dueThisWeek.door)} />
          <Door label={t('reminded')} value={waits.remindedByHand.count} to={pageOfDoor(waits.remindedByHand.door)} />
        </Doors>
      </div>
      <Section title={t('mineList')}>
        {mine.length === 0 ? <Nothing next={nextOfOthers} /> : <MyTurns waits={mine} />}
        {waits.mine.count > mine.length && <Link to={pageOfDoor(waits.mine.door)}>{t('all', { count: waits.mine.count })}</Link>}
      </Section>
      <div className={styles['two']}>
        <Owners holders={holders} />
        <Month days={calendar} />
      </div>
      <Loop today={today.data} />
      <p className={styles['printed']}>{t('printed', { who: me.tenant.name, at: dateAndTime(today.data.at) })}</p>
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
