import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { useNeedsWords } from '../../blocks/needs-words.ts';
import { OfferForm } from '../../blocks/offers/offer-form.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useUnitName } from '../../blocks/units.ts';
import { texts } from './texts.ts';

const NEW = 'new';

export default function OfferPage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const words = useNeedsWords();
  const unitName = useUnitName();
  const { id = NEW } = useParams();
  const found = useQuery({
    queryKey: ['offer', id],
    queryFn: () => read(api.GET('/api/v1/offers/{id}', { params: { path: { id } } })),
    enabled: id !== NEW,
  });
  const back = <Link to="/offers">‹ {t('back')}</Link>;
  if (id === NEW) {
    return (
      <Page title={t('new')} lead={back}>
        <Section title={t('new')}>
          <OfferForm onDone={(offer) => void navigate(`/offers/${offer.id}`, { replace: true })} />
        </Section>
      </Page>
    );
  }
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  const offer = found.data;
  const title = `${unitName(offer.unitId)} ${offer.number}`;
  return (
    <Page title={title} lead={back} actions={<StatusTag standing={offer.state === 'open' ? 'done' : 'paused'}>{words('offer', offer.state)}</StatusTag>}>
      <Section title={offer.number}>
        <OfferForm key={offer.id} offer={offer} onDone={() => undefined} />
      </Section>
    </Page>
  );
}
