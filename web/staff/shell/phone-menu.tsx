import { Button, Drawer } from 'antd';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { openGuide } from './guide.ts';
import type { Navigation } from './navigation.ts';
import { NumberSearch } from './number-search.tsx';
import { Place } from './place.tsx';
import { ReadingTools } from './reading-tools.tsx';
import styles from './shell.module.css';
import { texts } from './texts.ts';

interface Props {
  readonly navigation: Navigation;
  readonly open: boolean;
  readonly close: () => void;
}

export default function PhoneMenu({ navigation, open, close }: Props) {
  const t = useTexts(texts);
  return (
    <Drawer title={t('menu')} placement="left" size={300} open={open} onClose={close}>
      <NumberSearch onFound={close} />
      <nav aria-label={t('navigation')}>
        <ul className={styles['menuList']}>
          {[...navigation.items, ...navigation.more].map((item) => (
            <li key={item.to}>
              <Place item={item} onFollow={close} />
            </li>
          ))}
        </ul>
      </nav>
      <ReadingTools />
      <Button
        type="text"
        onClick={() => {
          close();
          openGuide();
        }}
      >
        {t('showGuide')}
      </Button>
    </Drawer>
  );
}
