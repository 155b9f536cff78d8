import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { SmallTable } from '../../blocks/small-table.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import type { Schemas } from '../../me.ts';
import { texts } from './texts.ts';

type Session = Schemas['Session'];

/** A phone that was lost, a desk that was left: where one is signed in, and the way to end it. */
export function Sessions() {
  const t = useTexts(texts);
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => read(api.GET('/api/v1/me/sessions')) });
  const told = ({ ended }: { readonly ended: number }): void => announceDone(`✓ ${t('sessionsEnded', { count: ended })}`);
  const endOne = useCommand((id: string, header) => read(api.POST('/api/v1/me/sessions/{id}/end', { params: { path: { id }, header } })), told);
  const endOthers = useCommand((_: null, header) => read(api.POST('/api/v1/me/sessions/end-others', { params: { header } })), told);
  if (sessions.isPending) return <RowsSkeleton rows={2} />;
  const problem = endOne.problem ?? endOthers.problem;
  const others = sessions.data?.items.filter(({ isCurrent }) => !isCurrent) ?? [];
  return (
    <Section title={t('sessions')}>
      {sessions.isError && <Refusal error={sessions.error} retry={() => void sessions.refetch()} />}
      {problem && <Refusal error={problem} />}
      {sessions.data && (
        <SmallTable<Session>
          label={t('sessions')}
          rows={sessions.data.items}
          idOf={({ id }) => id}
          columns={[
            { key: 'since', title: t('signedInAt'), render: ({ signedInAt }) => dateAndTime(signedInAt) },
            { key: 'seen', title: t('seenAt'), render: ({ seenAt }) => dateAndTime(seenAt) },
            { key: 'until', title: t('endsAt'), render: ({ expiresAt }) => dateAndTime(expiresAt) },
            {
              key: 'end',
              title: '',
              render: ({ id, isCurrent, signedInAt }) =>
                isCurrent ? (
                  <StatusTag standing="done">{t('thisSession')}</StatusTag>
                ) : (
                  <Button aria-label={t('endSessionOf', { at: dateAndTime(signedInAt) })} onClick={() => void endOne.run(id)}>
                    {t('endSession')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {others.length > 0 && (
        <Button danger loading={endOthers.isRunning} onClick={() => void endOthers.run(null)}>
          {t('endOthers')}
        </Button>
      )}
    </Section>
  );
}
