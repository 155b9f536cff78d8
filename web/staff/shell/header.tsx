import { useState } from 'react';
import { Button, Drawer, Dropdown } from 'antd';
import { NavLink, Link } from 'react-router';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { useIsPhone } from '../blocks/use-is-phone.ts';
import { useMe } from '../me.ts';
import { isPage } from '../page-list.ts';
import { AccountMenu } from './account-menu.tsx';
import { InboxButton } from './inbox.tsx';
import { navigationFor, type Navigation, type NavigationItem } from './navigation.ts';
import { NumberSearch } from './number-search.tsx';
import { ReadingTools } from './reading-tools.tsx';
import styles from './shell.module.css';
import { texts } from './texts.ts';

export function Header() {
  const t = useTexts(texts);
  const me = useMe();
  const isPhone = useIsPhone();
  const navigation = navigationFor(me, isPage);
  return (
    <header className={styles['header']}>
      <div className={styles['bar']}>
        {isPhone && <PhoneMenu navigation={navigation} />}
        <Link to="/" className={styles['brand']}>
          <img src="/icon.svg" alt="" />
          <span>{me.tenant.name || t('product')}</span>
        </Link>
        {!isPhone && <NumberSearch />}
        <div className={styles['tools']}>
          <InboxButton />
          {!isPhone && <ReadingTools />}
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
                <Dropdown
                  trigger={['click']}
                  menu={{
                    items: navigation.more.map(({ label, to }) => ({ key: to, label: <Link to={to}>{t(label)}</Link> })),
                  }}
                >
                  <Button type="text" className={styles['more'] ?? ''}>
                    {t('more')} ▾
                  </Button>
                </Dropdown>
              </li>
            )}
          </ul>
        </nav>
      )}
    </header>
  );
}

function Place({ item: { label, to }, onFollow }: { readonly item: NavigationItem; readonly onFollow?: () => void }) {
  const t = useTexts(texts);
  return (
    <NavLink to={to} end={to === '/unit'} onClick={onFollow}>
      {t(label)}
    </NavLink>
  );
}

function PhoneMenu({ navigation }: { readonly navigation: Navigation }) {
  const t = useTexts(texts);
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button type="text" aria-label={t('menu')} aria-expanded={open} onClick={() => setOpen(true)}>
        ☰
      </Button>
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
      </Drawer>
    </>
  );
}
