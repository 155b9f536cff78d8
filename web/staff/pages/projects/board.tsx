import { Link, useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Choice } from '../../blocks/choice.tsx';
import { useCommunities } from '../../blocks/communities.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { standingOf, useProjectStatus } from '../../blocks/project-status.ts';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useUnitName } from '../../blocks/units.ts';
import { useDeadline } from '../../blocks/workdays.ts';
import type { Schemas } from '../../me.ts';
import styles from './board.module.css';
import { texts } from './texts.ts';

/** Where projects wait for people, in the order of the way; what is final is in the table. */
const COLUMNS = ['offered', 'listed', 'claimed', 'agreed', 'implementing', 'acceptance', 'rectifying', 'accepted', 'evaluated'] as const;
const MOST_CARDS = 20;

/** Where do projects pile up? Cards are opened, not dragged: what may be done with each is on its page. */
export function Board() {
  const t = useTexts(texts);
  const [wanted, setWanted] = useSearchParams();
  const communityId = wanted.get('communityId') ?? undefined;
  const communities = useCommunities();
  return (
    <>
      <p className="no-print">
        <Choice
          label={t('community')}
          value={communityId ?? ''}
          options={[{ value: '', label: t('all') }, ...communities]}
          change={(chosen) =>
            setWanted((before) => {
              const after = new URLSearchParams(before);
              if (chosen === '') after.delete('communityId');
              else after.set('communityId', chosen);
              return after;
            })
          }
        />
      </p>
      <div className={styles['board']} tabIndex={0} role="region" aria-label={t('board')}>
        {COLUMNS.map((status) => (
          <BoardColumn key={status} status={status} communityId={communityId} />
        ))}
      </div>
    </>
  );
}

function BoardColumn({ status, communityId }: { readonly status: string; readonly communityId: string | undefined }) {
  const t = useTexts(texts);
  const statusName = useProjectStatus();
  const query = { status, sort: 'due' as const, limit: MOST_CARDS, ...(communityId && { communityId }) };
  const found = useQuery({ queryKey: ['projects', 'board', query], queryFn: () => read(api.GET('/api/v1/projects', { params: { query } })) });
  const rows = found.data?.items ?? [];
  const all = `/projects?${new URLSearchParams({ status, ...(communityId && { communityId }) }).toString()}`;
  const count = found.data?.next === null ? String(rows.length) : `${rows.length}+`;
  return (
    <section className={styles['column']} aria-label={statusName(status)}>
      <h2>
        <Link to={all}>{t('column', { status: statusName(status), count: found.data ? count : '…' })}▸</Link>
      </h2>
      {found.isPending && <RowsSkeleton rows={3} />}
      {found.isError && <Refusal error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && <p>{t('nothing')}</p>}
      <ul className={styles['cards']}>
        {rows.map((project) => (
          <Card key={project.id} project={project} />
        ))}
      </ul>
      {found.data?.next && <Link to={all}>{t('more')}</Link>}
    </section>
  );
}

function Card({ project }: { readonly project: Schemas['Project'] }) {
  const unitName = useUnitName();
  const deadline = useDeadline();
  const unit = project.leadUnit ?? project.offeredTo;
  const due = deadline(project.due);
  return (
    <li className={styles['card']}>
      <Link to={`/projects/${project.id}`}>{project.title}</Link>
      {unit !== null && <span>{unitName(unit)}</span>}
      {project.due !== null && <StatusTag standing={project.late ? standingOf(project) : due.standing}>{due.text}</StatusTag>}
    </li>
  );
}
