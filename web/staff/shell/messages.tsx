import { Button, Drawer } from 'antd';
import { Link } from 'react-router';
import { api, read } from '../../shared/api/client.ts';
import { useCommand } from '../../shared/api/command.ts';
import { dateAndTime } from '../../shared/format/time.ts';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { pageOfCase } from '../blocks/case-address.ts';
import { Empty } from '../blocks/empty.tsx';
import { Refusal } from '../blocks/problem.tsx';
import { RowsSkeleton } from '../blocks/skeletons.tsx';
import styles from './inbox.module.css';
import { useInbox } from './use-inbox.ts';

const texts = defineTexts('staff/shell/messages', {
  messages: { zh: '消息', en: 'Messages' },
  readAll: { zh: '本页标为已读', en: 'Mark these as read' },
  more: { zh: '更早的消息', en: 'Older messages' },
  empty: { zh: '还没有消息', en: 'No messages yet' },
  emptyWhy: { zh: '轮到您的事、期限提醒和结果会出现在这里。', en: 'Your turns, reminders and outcomes will appear here.' },
  new: { zh: '未读', en: 'Unread' },
});

export default function MessagesDrawer({ open, close }: { readonly open: boolean; readonly close: () => void }) {
  const t = useTexts(texts);
  return (
    <Drawer title={t('messages')} open={open} onClose={close} size={440}>
      {open && <Messages close={close} />}
    </Drawer>
  );
}

function Messages({ close }: { readonly close: () => void }) {
  const t = useTexts(texts);
  const inbox = useInbox();
  const markRead = useCommand((ids: string[], header) =>
    read(api.POST('/api/v1/inbox/read', { params: { header }, body: { ids } })),
  );
  if (inbox.isPending) return <RowsSkeleton rows={6} />;
  if (inbox.isError) return <Refusal error={inbox.error} retry={() => void inbox.refetch()} />;
  const messages = inbox.data.pages.flatMap(({ items }) => items);
  if (messages.length === 0) return <Empty title={t('empty')} why={t('emptyWhy')} />;
  const unread = messages.filter(({ readAt }) => readAt === null).map(({ id }) => id);
  return (
    <>
      {markRead.problem && <Refusal error={markRead.problem} />}
      {unread.length > 0 && (
        <Button loading={markRead.isRunning} onClick={() => void markRead.run(unread.slice(0, 100))}>
          {t('readAll')}
        </Button>
      )}
      <ul className={styles['messages']}>
        {messages.map(({ id, text, at, readAt, caseId }) => {
          const address = caseId === null ? undefined : pageOfCase(caseId);
          const open = (): void => {
            if (readAt === null) void markRead.run([id]);
            close();
          };
          return (
            <li key={id} data-unread={readAt === null}>
              {readAt === null && <span className={styles['new']}>● {t('new')}</span>}
              {address ? (
                <Link to={address} onClick={open}>
                  {text}
                </Link>
              ) : (
                <span>{text}</span>
              )}
              <time dateTime={at}>{dateAndTime(at)}</time>
            </li>
          );
        })}
      </ul>
      {inbox.hasNextPage && (
        <Button block loading={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
