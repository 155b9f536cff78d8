import { useState } from 'react';
import { Button, Modal } from 'antd';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { CommandDrawer } from '../../blocks/command-drawer.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { SmallTable } from '../../blocks/small-table.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { useMe } from '../../me.ts';
import { Identities } from './identities.tsx';
import styles from './page.module.css';
import { texts } from './texts.ts';
import type { Account, Person } from './types.ts';

interface Opened {
  readonly login: string;
  readonly oneTimePassword: string | null;
  readonly oneTimePasswordUntil: string | null;
}

export function Accounts({ person, mayManage }: { readonly person: Person; readonly mayManage: boolean }) {
  const t = useTexts(texts);
  const [opening, setOpening] = useState(false);
  const [opened, setOpened] = useState<Opened>();
  return (
    <Section title={t('accounts')}>
      {person.accounts.length === 0 ? (
        <Empty title={t('accountsNone')} why={t('accountsWhy')} />
      ) : (
        <SmallTable<Account>
          label={t('accounts')}
          rows={person.accounts}
          idOf={({ id }) => id}
          columns={[
            { key: 'login', title: t('login'), render: ({ login }) => <strong>{login}</strong> },
            { key: 'state', title: t('state'), render: (account) => <State account={account} /> },
            {
              key: 'do',
              title: '',
              render: (account) => mayManage && account.state === 'active' && <AccountButtons account={account} onReset={setOpened} />,
            },
          ]}
        />
      )}
      {mayManage && <Button onClick={() => setOpening(true)}>{t('open')}</Button>}
      {opening && (
        <CommandDrawer
          title={t('open')}
          action={t('openDo')}
          fields={[{ name: 'login', label: t('login'), hint: t('loginHint'), kind: 'text', max: 40 }]}
          send={({ text }, header) =>
            read(api.POST('/api/v1/people/{id}/accounts', { params: { path: { id: person.id }, header }, body: { login: text('login') ?? '' } }))
          }
          done={setOpened}
          close={() => setOpening(false)}
        />
      )}
      <Modal title={t('once')} open={opened !== undefined} onCancel={() => setOpened(undefined)} footer={<Button onClick={() => setOpened(undefined)}>{t('onceKept')}</Button>}>
        {opened && <OneTimePassword opened={opened} />}
      </Modal>
    </Section>
  );
}

function OneTimePassword({ opened: { login, oneTimePassword, oneTimePasswordUntil } }: { readonly opened: Opened }) {
  const t = useTexts(texts);
  if (oneTimePassword === null) return <p>{t('onceGone')}</p>;
  return (
    <>
      <p>{t('onceWhy', { login })}</p>
      <p className={styles['password']}>
        <code>{oneTimePassword}</code>
      </p>
      {oneTimePasswordUntil !== null && <p>{t('onceUntil', { at: dateAndTime(oneTimePasswordUntil) })}</p>}
    </>
  );
}

function State({ account: { state, oneTimePasswordUntil } }: { readonly account: Account }) {
  const t = useTexts(texts);
  if (state === 'closed') return <StatusTag standing="others">{t('closed')}</StatusTag>;
  if (oneTimePasswordUntil !== null) return <StatusTag standing="soon">{t('unset', { at: dateAndTime(oneTimePasswordUntil) })}</StatusTag>;
  return <StatusTag standing="done">{t('active')}</StatusTag>;
}

function AccountButtons({ account, onReset }: { readonly account: Account; readonly onReset: (opened: Opened) => void }) {
  const { id } = account;
  const t = useTexts(texts);
  const me = useMe();
  const reset = useCommand((_: null, header) => read(api.POST('/api/v1/accounts/{id}/reset-password', { params: { path: { id }, header } })), onReset);
  const remove = useCommand(
    (_: null, header) => read(api.POST('/api/v1/accounts/{id}/remove-second-factor', { params: { path: { id }, header } })),
    () => announceDone(`✓ ${t('factorRemoved')}`),
  );
  const problem = reset.problem ?? remove.problem;
  return (
    <>
      <div className={styles['buttons']}>
        <Button loading={reset.isRunning} onClick={() => void reset.run(null)}>
          {t('reset')}
        </Button>
        {id !== me.account.id && (
          <Button loading={remove.isRunning} onClick={() => void remove.run(null)}>
            {t('factorRemove')}
          </Button>
        )}
      </div>
      {problem && <Refusal error={problem} />}
      <Identities account={account} />
    </>
  );
}
