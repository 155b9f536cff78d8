import { Link } from 'react-router';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Empty } from '../../../blocks/empty.tsx';
import { Page, Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { RowsSkeleton } from '../../../blocks/skeletons.tsx';
import { useHome } from '../home/use-home.ts';
import { useOwnUnits } from '../../../blocks/own-units.ts';
import { ProjectCard } from '../project-card.tsx';
import { useFits } from '../projects.ts';
import styles from '../unit.module.css';
import { texts } from './texts.ts';

/** What matching recommends to the unit, with its points. */
export default function OffersPage() {
  const t = useTexts(texts);
  return (
    <Page title={t('title')} lead={t('lead')} actions={<Link to="/unit/open">{t('open')}</Link>}>
      <Section title={t('list')}>
        <List />
      </Section>
    </Page>
  );
}

function List() {
  const t = useTexts(texts);
  const home = useHome();
  const { own, isPending } = useOwnUnits();
  const fits = useFits(home.data?.offers ?? []);
  if (home.isPending || isPending) return <RowsSkeleton />;
  if (!home.data) return <Refusal error={home.error} retry={() => void home.refetch()} />;
  if (home.data.offers.length === 0) {
    return (
      <Empty title={t('none')}>
        <Link className={styles['button']} to="/unit/resources">
          {t('update')}
        </Link>
      </Empty>
    );
  }
  return (
    <ul className={styles['list']}>
      {home.data.offers.map((project) => (
        <ProjectCard key={project.id} project={project} fit={fits.data?.get(project.proposalId)} unitId={project.offeredTo ?? own[0]?.id ?? ''} />
      ))}
    </ul>
  );
}
