import type { ReactNode } from 'react';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import styles from './blocks.module.css';
import { chooseDistrict, useDistricts, type District } from './district.ts';
import { Refusal } from './problem.tsx';

const texts = defineTexts('public/blocks/in-district', {
  choose: { zh: '您在哪个地区？', en: 'Which district are you in?' },
  none: { zh: '这里还没有开通任何地区。', en: 'No district is open here yet.' },
});

/** Pages about one district; where several share the address, the reader chooses once. */
export function InDistrict({ children }: { readonly children: (district: District) => ReactNode }) {
  const t = useTexts(texts);
  const { all, chosen, isPending, error, retry } = useDistricts();
  if (chosen) return <>{children(chosen)}</>;
  if (error !== null) return <Refusal error={error} retry={retry} />;
  if (isPending) return null;
  if (all.length === 0) return <p>{t('none')}</p>;
  return (
    <fieldset className={styles['choices']}>
      <legend>{t('choose')}</legend>
      {all.map(({ id, name }) => (
        <button key={id} type="button" onClick={() => chooseDistrict(id)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}
