import { useState } from 'react';
import { Button, Modal } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { addDays, dateAndTime, dayOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { CommandDrawer } from '../../blocks/command-drawer.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { Section } from '../../blocks/page.tsx';
import { usePermissionName } from '../../blocks/permission-names.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { SmallTable } from '../../blocks/small-table.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useMe } from '../../me.ts';
import { texts } from './texts.ts';
import type { Permission, Token } from './types.ts';

/** The server refuses a longer life, and says so. */
const USUAL_DAYS = 30;

export function Tokens() {
  const t = useTexts(texts);
  const permissionName = usePermissionName();
  const [asking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: () => read(api.GET('/api/v1/tokens')) });
  const body = () => {
    if (tokens.isPending) return <RowsSkeleton rows={2} />;
    if (tokens.isError) return <Refusal error={tokens.error} retry={() => void tokens.refetch()} />;
    if (tokens.data.items.length === 0) return <Empty title={t('tokensNone')} why={t('tokensWhy')} />;
    return (
      <SmallTable<Token>
        label={t('tokens')}
        rows={tokens.data.items}
        idOf={({ id }) => id}
        columns={[
          { key: 'name', title: t('tokenName'), render: ({ name }) => <strong>{name}</strong> },
          { key: 'may', title: t('may'), render: ({ permissions }) => permissions.map(permissionName).join('、') },
          { key: 'until', title: t('until'), render: ({ expiresAt }) => dateAndTime(expiresAt) },
          { key: 'state', title: t('state'), render: (token) => <State token={token} /> },
          { key: 'revoke', title: '', render: (token) => isLive(token) && <RevokeButton id={token.id} name={token.name} /> },
        ]}
      />
    );
  };
  return (
    <Section title={t('tokens')}>
      {body()}
      <Button onClick={() => setAsking(true)}>{t('tokenNew')}</Button>
      {asking && <NewToken close={() => setAsking(false)} done={(token) => setSecret(token)} />}
      <Modal title={t('secret')} open={secret !== undefined} onCancel={() => setSecret(undefined)} footer={<Button onClick={() => setSecret(undefined)}>{t('kept')}</Button>}>
        <p>{t('secretWhy')}</p>
        <p>
          <code>{secret}</code>
        </p>
      </Modal>
    </Section>
  );
}

const isLive = ({ expiresAt, revokedAt }: Token): boolean => revokedAt === null && Date.parse(expiresAt) > Date.now();

function State({ token }: { readonly token: Token }) {
  const t = useTexts(texts);
  if (token.revokedAt !== null) return <StatusTag standing="others">{t('tokenRevoked')}</StatusTag>;
  return isLive(token) ? <StatusTag standing="done">{t('tokenLive')}</StatusTag> : <StatusTag standing="others">{t('tokenOver')}</StatusTag>;
}

function RevokeButton({ id, name }: { readonly id: string; readonly name: string }) {
  const t = useTexts(texts);
  const revoke = useCommand((_: null, header) => read(api.POST('/api/v1/tokens/{id}/revoke', { params: { path: { id }, header } })));
  return (
    <>
      <Button danger aria-label={t('tokenRevokeNamed', { name })} loading={revoke.isRunning} onClick={() => void revoke.run(null)}>
        {t('tokenRevoke')}
      </Button>
      {revoke.problem && <Refusal error={revoke.problem} />}
    </>
  );
}

function NewToken({ close, done }: { readonly close: () => void; readonly done: (secret: string) => void }) {
  const t = useTexts(texts);
  const me = useMe();
  const permissionName = usePermissionName();
  const [until] = useState(() => addDays(dayOf(new Date().toISOString()), USUAL_DAYS));
  const own = [...new Set(me.grants.flatMap(({ permissions }) => permissions))].sort();
  return (
    <CommandDrawer
      title={t('tokenNew')}
      action={t('tokenMake')}
      initial={{ until }}
      fields={[
        { name: 'name', label: t('tokenName'), hint: t('tokenNameHint'), kind: 'text', max: 60 },
        { name: 'permissions', label: t('may'), hint: t('tokenMayHint'), kind: 'choices', options: own.map((value) => ({ value, label: permissionName(value) })) },
        { name: 'until', label: t('lastDay'), hint: t('tokenLife'), kind: 'day' },
      ]}
      send={({ text, list }, header) =>
        read(
          api.POST('/api/v1/tokens', {
            params: { header },
            body: { name: text('name') ?? '', permissions: [...list('permissions')] as Permission[], expiresAt: endOf(text('until')) },
          }),
        )
      }
      done={({ secret }) => done(secret ?? t('secretGone'))}
      close={close}
    />
  );
}

/** The last instant of a day in China. */
function endOf(day = ''): string {
  return `${day}T23:59:59+08:00`;
}
