import { Link, useSearchParams } from 'react-router';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Choice } from '../../../blocks/choice.tsx';
import { Empty } from '../../../blocks/empty.tsx';
import { useNeedsWords } from '../../../blocks/needs-words.ts';
import { Page, Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { RowsSkeleton } from '../../../blocks/skeletons.tsx';
import { useOwnUnits } from '../../../blocks/own-units.ts';
import { ProjectCard } from '../project-card.tsx';
import { useFits, useOpenProjects } from '../projects.ts';
import { useOwnOffers } from '../resources/use-own-offers.ts';
import styles from '../unit.module.css';
import { ranked } from './ranking.ts';
import { texts } from './texts.ts';

/** Whoever comes first may take them on. */
export default function OpenProjectsPage() {
  const t = useTexts(texts);
  const words = useNeedsWords();
  const [wanted, want] = useSearchParams();
  const category = wanted.get('category') ?? '';
  const open = useOpenProjects();
  const categories = [...new Set(open.data?.map((project) => project.category))].sort();
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Choice
          label={t('category')}
          value={category}
          options={[{ value: '', label: t('all') }, ...categories.map((value) => ({ value, label: words('category', value) }))]}
          change={(chosen) => want(chosen === '' ? {} : { category: chosen })}
        />
      }
    >
      <List category={category} />
    </Page>
  );
}

function List({ category }: { readonly category: string }) {
  const t = useTexts(texts);
  const open = useOpenProjects();
  const { own, isPending } = useOwnUnits();
  const unitId = own[0]?.id;
  const offers = useOwnOffers(unitId);
  const fits = useFits(open.data ?? []);
  if (open.isPending || isPending) return <RowsSkeleton />;
  if (!open.data) return <Refusal error={open.error} retry={() => void open.refetch()} />;
  const shown = open.data.filter((project) => category === '' || project.category === category);
  if (shown.length === 0 || unitId === undefined) {
    return (
      <Empty title={t('none')} why={t('noneWhy')}>
        <Link className={styles['button']} to="/unit/resources">
          {t('update')}
        </Link>
      </Empty>
    );
  }
  return (
    <Section title={t('list', { count: shown.length })}>
      <ul className={styles['list']}>
        {ranked(shown, { fits: fits.data ?? new Map(), offers: offers.data ?? [] }).map((project) => (
          <ProjectCard key={project.id} project={project} fit={fits.data?.get(project.proposalId)} unitId={unitId} />
        ))}
      </ul>
    </Section>
  );
}
