import { Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { Button } from '../blocks/button.tsx';
import { useIsPhone } from '../blocks/use-is-phone.ts';
import { useMe } from '../me.ts';
import { isPage } from '../page-list.ts';
import { AccountMenu } from './account-menu.tsx';
import { Disclosure } from '../blocks/disclosure.tsx';
import { HelpMenu } from './help-menu.tsx';
import { InboxButton } from './inbox.tsx';
import { later } from '../blocks/later.ts';
import { navigationFor, type Navigation } from './navigation.ts';
import { NumberSearch } from './number-search.tsx';
import { Place } from './place.tsx';
import { ReadingTools } from './reading-tools.tsx';
import styles from './shell.module.css';
import { texts } from './texts.ts';

const PhoneMenu = later(() => import('./phone-menu.tsx'));

export function Header() {
  const t = useTexts(texts);
  const me = useMe();
  const isPhone = useIsPhone();
  const navigation = navigationFor(me, isPage);
  return (
    <header className={styles['header']}>
      <div className={styles['bar']}>
        {isPhone && <MenuButton navigation={navigation} />}
        <Link to="/" className={styles['brand']}>
          <img src="/icon.svg" alt="" />
          <span>{me.tenant.name || t('product')}</span>
        </Link>
        {!isPhone && <NumberSearch />}
        <div className={styles['tools']}>
          <InboxButton />
          {!isPhone && <ReadingTools />}
          {!isPhone && <HelpMenu />}
          <AccountMenu />
        </div>
      </div>
      {!isPhone && (
        <nav className={styles['nav']} aria-label={t('navigation')}>
          <ul>
            {navigation.items.map((item) => (
              <li key={item.to}>
                <Place item={item} />
              </li>
            ))}
            {navigation.more.length > 0 && (
              <li>
                <Disclosure isPlain label={t('more')} className={styles['more']}>
                  {(close) => (
                    <ul>
                      {navigation.more.map((item) => (
                        <li key={item.to}>
                          <Place item={item} onFollow={close} />
                        </li>
                      ))}
                    </ul>
                  )}
                </Disclosure>
              </li>
            )}
          </ul>
        </nav>
      )}
    </header>
  );
}

function MenuButton({ navigation }: { readonly navigation: Navigation }) {
  const t = useTexts(texts);
  const [open, setOpen] = useState<boolean>();
  return (
    <>
      <Button type="text" aria-label={t('menu')} aria-expanded={open === true} onClick={() => setOpen(true)}>
        ☰
      </Button>
      <Suspense>{open !== undefined && <PhoneMenu navigation={navigation} open={open} close={() => setOpen(false)} />}</Suspense>
    </>
  );
}
