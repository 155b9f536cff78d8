import { useLargeText } from '../../shared/settings/text-size.ts';
import { changeLanguage } from '../../shared/texts/i18n.ts';
import { useLanguage, useTexts } from '../../shared/texts/use-texts.ts';
import { Button } from '../blocks/button.tsx';
import { texts } from './texts.ts';

/** 大字 and the other language; both at once, for this device. */
export function ReadingTools() {
  const t = useTexts(texts);
  const [large, setLarge] = useLargeText();
  const language = useLanguage();
  return (
    <>
      <Button type="text" aria-pressed={large} onClick={() => setLarge(!large)}>
        {t('largeText')}
        {large && ' ✓'}
      </Button>
      <Button
        type="text"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        onClick={() => void changeLanguage(language === 'en' ? 'zh-CN' : 'en')}
      >
        {t('otherLanguage')}
      </Button>
    </>
  );
}
