import { useTexts } from '../../shared/texts/use-texts.ts';
import { Disclosure } from '../blocks/disclosure.tsx';
import { openGuide } from './guide.ts';
import { RESIDENTS_HOME } from './navigation.ts';
import { texts } from './texts.ts';

export function HelpMenu() {
  const t = useTexts(texts);
  return (
    <Disclosure isPlain label={t('help')} side="end">
      {(close) => (
        <ul>
          <li>
            <button
              type="button"
              onClick={() => {
                close();
                openGuide();
              }}
            >
              {t('showGuide')}
            </button>
          </li>
          <li>
            <a href={RESIDENTS_HOME}>{t('residents')}</a>
          </li>
        </ul>
      )}
    </Disclosure>
  );
}
