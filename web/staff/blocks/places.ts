import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { useMe } from '../me.ts';
import { useEveryUnit } from './units.ts';

const texts = defineTexts('staff/blocks/places', {
  whole: { zh: '全辖区', en: 'The whole district' },
});

const WHOLE = '/';

/** Places by their path: the whole district, and every office, community and partner body. */
export function usePlaces() {
  const t = useTexts(texts);
  const me = useMe();
  const units = useEveryUnit();
  const all = [...(units.data?.values() ?? [])];
  const whole = me.tenant.name === '' ? t('whole') : `${me.tenant.name}（${t('whole')}）`;
  return {
    nameOf: (path: string): string => (path === WHOLE ? whole : (all.find(({ orgPath }) => orgPath === path)?.name ?? path)),
    choices: [{ value: WHOLE, label: whole }, ...all.filter(({ leftOn }) => leftOn === null).map(({ orgPath, name }) => ({ value: orgPath, label: name }))],
  };
}
