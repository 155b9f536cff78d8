import { useNavigate } from 'react-router';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { NeedsNav } from '../../blocks/needs-nav.tsx';
import { OfferTable } from '../../blocks/offers/offer-table.tsx';
import { Page } from '../../blocks/page.tsx';
import { holds, useMe } from '../../me.ts';
import { texts } from './texts.ts';

export default function OffersPage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const me = useMe();
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      primary={
        holds(me, 'offers.create') && (
          <Button type="primary" onClick={() => void navigate('/offers/new')}>
            {t('register')}
          </Button>
        )
      }
    >
      <NeedsNav />
      <OfferTable addressOf={({ id }) => `/offers/${id}`} />
    </Page>
  );
}
