import { useState } from 'react';
import { Badge, Button, Drawer } from 'antd';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, read } from '../../shared/api/client.ts';
import { useCommand } from '../../shared/api/command.ts';
import { dateAndTime } from '../../shared/format/time.ts';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useLanguage, useTexts } from '../../shared/texts/use-texts.ts';
import { pageOfCase } from '../blocks/case-address.ts';
import { Empty } from '../blocks/empty.tsx';
import { Refusal } from '../blocks/problem.tsx';
import { RowsSkeleton } from '../blocks/skeletons.tsx';
import styles from './inbox.module.css';

const texts = defineTexts('staff/shell/inbox', {
  messages: { zh: '消息', en: 'Messages' },
  unread: { zh: '{{count}}条未读', en: { one: '{{count}} unread', other: '{{count}} unread' } },
  readAll: { zh: '本页标为已读', en: 'Mark these as read' },
  more: { zh: '更早的消息', en: 'Older messages' },
  empty: { zh: '还没有消息', en: 'No messages yet' },
  emptyWhy: { zh: '轮到您的事、期限提醒和结果会出现在这里。', en: 'Your turns, reminders and outcomes will appear here.' },
  new: { zh: '未读', en: 'Unread' },
});

const POLL_MS = 60_000;
const PAGE = 20;

function useInbox() {
  const language = useLanguage();
  return useInfiniteQuery({
    queryKey: ['inbox', language],
    queryFn: ({ pageParam }) =>
      read(api.GET('/api/v1/inbox', { params: { query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: POLL_MS,
  });
}

export function InboxButton() {
  const t = useTexts(texts);
  const [open, setOpen] = useState(false);
  const inbox = useInbox();
  const unread = inbox.data?.pages[0]?.unread ?? 0;
  return (
    <>
      <Badge count={unread} overflowCount={99} size="small" color="#B42318" offset={[-8, 6]}>
        <Button type="text" onClick={() => setOpen(true)}>
          {t('messages')}
          {unread > 0 && <span className="hidden-text"> {t('unread', { count: unread })}</span>}
        </Button>
      </Badge>
      <Drawer title={t('messages')} open={open} onClose={() => setOpen(false)} size={440}>
        {open && <Messages close={() => setOpen(false)} />}
      </Drawer>
    </>
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
