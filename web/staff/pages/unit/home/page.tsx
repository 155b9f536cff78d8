import { Link } from 'react-router';
import { dateAndTime, dayOfDeadline, shortDay } from '../../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { Empty } from '../../../blocks/empty.tsx';
import { NoUnit } from '../../../blocks/no-unit.tsx';
import { Page, Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { PageSkeleton } from '../../../blocks/skeletons.tsx';
import { StatusTag } from '../../../blocks/status-tag.tsx';
import { useDeadline } from '../../../blocks/workdays.ts';
import { useOwnUnits } from '../../../blocks/own-units.ts';
import { ProjectCard } from '../project-card.tsx';
import { useFits, type Project } from '../projects.ts';
import styles from '../unit.module.css';
import { Figures } from './figures.tsx';
import { texts } from './texts.ts';
import { useHome, type Turn, type Wait } from './use-home.ts';

/** What do we owe, what fits us? */
export default function UnitHomePage() {
  const t = useTexts(texts);
  const home = useHome();
  const units = useOwnUnits();
  if (home.isPending || units.isPending) return <PageSkeleton />;
  if (!home.data) return <Refusal error={home.error} retry={() => void home.refetch()} />;
  const [unit] = units.own;
  if (!unit) return <NoUnit title={t('title')} />;
  const { turns, offers } = home.data;
  return (
    <Page title={unit.name} lead={t('turns', { count: turns.length + offers.length })} primary={<Primary turns={turns} offers={offers} />}>
      <Section title={t('list', { count: turns.length })}>
        {turns.length === 0 ? <Nothing next={home.data.nextOfOthers} /> : <Turns turns={turns} />}
      </Section>
      <Section title={t('offers', { count: offers.length })}>
        <Offers offers={offers} unitId={unit.id} />
      </Section>
      <Figures unitId={unit.id} />
      <Link className={styles['button']} to="/unit/resources">
        {t('resources')}
      </Link>
    </Page>
  );
}

/** Nothing to do is said together with what comes next. */
function Nothing({ next }: { readonly next: Wait | undefined }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const why = next?.due ? t('nothingNext', { day: shortDay(dayOfDeadline(next.due), language), what: next.what, who: next.owner }) : t('nothingWhy');
  return <Empty title={t('nothing')} why={why} />;
}

/** The earliest due of what is to be done. */
function Primary({ turns, offers }: { readonly turns: readonly Turn[]; readonly offers: readonly Project[] }) {
  const t = useTexts(texts);
  const [turn] = turns;
  const [offer] = offers;
  const isOfferFirst = offer && (!turn || (offer.due !== null && (turn.due === null || offer.due < turn.due)));
  if (isOfferFirst) return <PrimaryLink to={`/projects/${offer.id}`} label={t('next', { what: offer.title })} />;
  if (!turn?.to) return null;
  const label = turn.report ? t(turn.begunAt === undefined ? 'fill' : 'goOn') : t('next', { what: turn.title });
  return <PrimaryLink to={turn.to} label={label} />;
}

function PrimaryLink({ to, label }: { readonly to: string; readonly label: string }) {
  return (
    <Link className={styles['primary']} to={to}>
      {label}
    </Link>
  );
}

function Turns({ turns }: { readonly turns: readonly Turn[] }) {
  const t = useTexts(texts);
  const deadline = useDeadline();
  return (
    <ul className={styles['list']}>
      {turns.map(({ key, title, what, due, to, report, begunAt }) => {
        const { text, standing } = deadline(due);
        const told = report ? t(report.state === 'returned' ? 'reportReturned' : 'report', { quarter: report.quarter }) : what;
        return (
          <li key={key} className={styles['row']}>
            <span className={styles['what']}>
              {to === undefined ? title : <Link to={to}>{title}</Link>}
              <span>{told}</span>
              {begunAt !== undefined && <span>{t('begun', { at: dateAndTime(begunAt) })}</span>}
            </span>
            <StatusTag standing={standing === 'others' ? 'mine' : standing}>{text}</StatusTag>
          </li>
        );
      })}
    </ul>
  );
}

function Offers({ offers, unitId }: { readonly offers: readonly Project[]; readonly unitId: string }) {
  const t = useTexts(texts);
  const fits = useFits(offers);
  if (offers.length === 0) {
    return (
      <Empty title={t('noOffers')}>
        <Link className={styles['button']} to="/unit/resources">
          {t('update')}
        </Link>
      </Empty>
    );
  }
  return (
    <ul className={styles['list']}>
      {offers.map((project) => (
        <ProjectCard key={project.id} project={project} fit={fits.data?.get(project.proposalId)} unitId={unitId} />
      ))}
    </ul>
  );
}
