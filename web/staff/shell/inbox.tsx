import { Suspense, useState } from 'react';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import styles from './inbox.module.css';
import { Button } from '../blocks/button.tsx';
import { later } from '../blocks/later.ts';
import { useInbox } from './use-inbox.ts';

const texts = defineTexts('staff/shell/inbox', {
  messages: { zh: '消息', en: 'Messages' },
  unread: { zh: '{{count}}条未读', en: { one: '{{count}} unread', other: '{{count}} unread' } },
});

const MOST_SHOWN = 99;

const MessagesDrawer = later(() => import('./messages.tsx'));

export function InboxButton() {
  const t = useTexts(texts);
  const [open, setOpen] = useState<boolean>();
  const unread = useInbox().data?.pages[0]?.unread ?? 0;
  return (
    <>
      <Button type="text" onClick={() => setOpen(true)}>
        {t('messages')}
        {unread > 0 && (
          <>
            <span className={styles['count']} aria-hidden="true">
              {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
            </span>
            <span className="hidden-text"> {t('unread', { count: unread })}</span>
          </>
        )}
      </Button>
      <Suspense>{open !== undefined && <MessagesDrawer open={open} close={() => setOpen(false)} />}</Suspense>
    </>
  );
}
