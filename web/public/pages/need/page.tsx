import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { InDistrict } from '../../blocks/in-district.tsx';
import { Reading } from '../../blocks/reading.tsx';
import { useTitle } from '../../blocks/use-title.ts';
import { NeedForm } from './need-form.tsx';
import { texts } from './texts.ts';

export default function NeedPage() {
  const t = useTexts(texts);
  useTitle(t('title'));
  return <InDistrict>{({ id }) => <Opened tenant={id} />}</InDistrict>;
}

function Opened({ tenant }: { readonly tenant: string }) {
  const language = useLanguage();
  const form = useQuery({
    queryKey: ['need-form', tenant, language],
    queryFn: () => read(api.GET('/api/v1/public/needs/form', { params: { query: { tenant } } })),
    // Each opened form has a ticket of its own, which is spent once.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return <Reading query={form}>{(opened) => <NeedForm form={opened} tenant={tenant} />}</Reading>;
}
