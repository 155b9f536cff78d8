import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { CATEGORIES, standingOfProposal, useNeedsWords } from '../../blocks/needs-words.ts';
import { Page, Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useUnitName } from '../../blocks/units.ts';
import { holds, useMe } from '../../me.ts';
import { ProposalForm } from './form.tsx';
import { Read } from './read.tsx';
import { ReadyCheck } from './ready-check.tsx';
import { texts } from './texts.ts';
import { newValues, valuesOf, type Proposal } from './values.ts';

const NEW = 'new';

export default function ProposalPage() {
  const { id = NEW } = useParams();
  const found = useQuery({
    queryKey: ['proposal', id],
    queryFn: () => read(api.GET('/api/v1/proposals/{id}', { params: { path: { id } } })),
    enabled: id !== NEW,
  });
  if (id === NEW) return <NewProposal />;
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  return <Shown key={id} proposal={found.data} />;
}

/** Also from needs that were bundled: `?communityId=…&category=…&needs=…,…`. */
function NewProposal() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const needs = search.get('needs') ?? '';
  const category = CATEGORIES.find((it) => it === search.get('category')) ?? 'other';
  const server = newValues(search.get('communityId') ?? '', category, needs === '' ? [] : needs.split(','));
  return (
    <Page title={t('new')} lead={<Link to="/needs/proposals">‹ {t('back')}</Link>}>
      <Section title={t('content')}>
        <ProposalForm name={`proposal/new/${needs}`} server={server} onDone={({ id }) => void navigate(`/needs/proposals/${id}`, { replace: true })} />
      </Section>
    </Page>
  );
}

function Shown({ proposal }: { readonly proposal: Proposal }) {
  const t = useTexts(texts);
  const me = useMe();
  const words = useNeedsWords();
  const unitName = useUnitName();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { id, number, title, state, communityId } = proposal;
  if (search.get('check') === 'ready') return <ReadyCheck proposal={proposal} />;
  const isDraft = state === 'draft';
  return (
    <Page
      title={`${title} ${number}`}
      lead={
        <>
          <Link to="/needs/proposals">‹ {t('back')}</Link> · {unitName(communityId)}{' '}
          <StatusTag standing={standingOfProposal(state)}>{words('proposal', state)}</StatusTag>
        </>
      }
      primary={
        isDraft &&
        holds(me, 'needs.publish') && (
          <Button type="primary" onClick={() => void navigate(`/needs/proposals/${id}?check=ready`)}>
            {t('ready')}
          </Button>
        )
      }
    >
      <Section title={t('content')}>
        {isDraft && holds(me, 'needs.triage') ? (
          <ProposalForm name={`proposal/${id}`} server={valuesOf(proposal)} proposal={proposal} onDone={() => undefined} />
        ) : (
          <Read proposal={proposal} />
        )}
      </Section>
    </Page>
  );
}
