import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { Empty } from './empty.tsx';
import { Page } from './page.tsx';

const texts = defineTexts('staff/blocks/no-unit', {
  title: { zh: '您的账号还没有对应的单位', en: 'Your account acts for no unit yet' },
  why: { zh: '请街道管理员把账号授权到您的单位。', en: 'Ask the street’s administrator to grant it at your unit.' },
});

/** A unit's page for somebody whose role was given at no unit, or at one that left. */
export function NoUnit({ title }: { readonly title: string }) {
  const t = useTexts(texts);
  return (
    <Page title={title}>
      <Empty title={t('title')} why={t('why')} />
    </Page>
  );
}
