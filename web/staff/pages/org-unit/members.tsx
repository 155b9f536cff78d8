import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Empty } from '../../blocks/empty.tsx';
import { Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { texts } from './texts.ts';

const PAGE = 100;

/** Partner bodies of a community; the whole list, filtered, is one address away. */
export function Members({ communityId: community }: { readonly communityId: string }) {
  const t = useTexts(texts);
  const members = useQuery({
    queryKey: ['org-units', 'members', community],
    queryFn: () => read(api.GET('/api/v1/org-units', { params: { query: { community, limit: PAGE } } })),
  });
  const first = members.data;
  return (
    <Section title={t('members')}>
      {members.isPending && <RowsSkeleton rows={3} />}
      {members.isError && <Refusal error={members.error} retry={() => void members.refetch()} />}
      {first?.items.length === 0 && <Empty title={t('membersNone')} />}
      {first && first.items.length > 0 && (
        <>
          <ul>
            {first.items.map(({ id, name }) => (
              <li key={id}>
                <Link to={`/admin/units/${id}`}>{name}</Link>
              </li>
            ))}
          </ul>
          {first.next !== null && <Link to={`/admin/units?view=list&community=${community}`}>{t('membersAll')}</Link>}
        </>
      )}
    </Section>
  );
}
