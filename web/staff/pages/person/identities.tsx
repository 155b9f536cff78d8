import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { CommandDrawer } from '../../blocks/command-drawer.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { texts } from './texts.ts';
import type { Account } from './types.ts';

/** Names at the provider that open the account (OpenID Connect). Only an administrator links one. */
export function Identities({ account: { id, login } }: { readonly account: Account }) {
  const t = useTexts(texts);
  const [linking, setLinking] = useState(false);
  const providers = useQuery({ queryKey: ['providers'], queryFn: () => read(api.GET('/api/v1/sign-in/providers')) });
  const provider = providers.data?.items[0];
  const identities = useQuery({
    queryKey: ['identities', id],
    queryFn: () => read(api.GET('/api/v1/accounts/{id}/identities', { params: { path: { id } } })),
    enabled: provider !== undefined,
  });
  const unlink = useCommand(
    (identityId: string, header) => read(api.POST('/api/v1/accounts/{id}/identities/{identityId}/unlink', { params: { path: { id, identityId }, header } })),
    () => announceDone(`✓ ${t('unlinked', { login })}`),
  );
  if (provider === undefined) return null;
  return (
    <div>
      {identities.isError && <Refusal error={identities.error} retry={() => void identities.refetch()} />}
      {unlink.problem && <Refusal error={unlink.problem} />}
      <ul>
        {identities.data?.items.map((identity) => (
          <li key={identity.id}>
            {t('linkedSince', { label: provider.label, at: dateAndTime(identity.linkedAt) })}{' '}
            <Button loading={unlink.isRunning} onClick={() => void unlink.run(identity.id)}>
              {t('unlink')}
            </Button>
          </li>
        ))}
      </ul>
      <Button onClick={() => setLinking(true)}>{t('link', { label: provider.label })}</Button>
      {linking && (
        <CommandDrawer
          title={t('link', { label: provider.label })}
          action={t('linkDo')}
          fields={[{ name: 'subject', label: t('subject'), hint: t('subjectHint'), kind: 'text', max: 255 }]}
          send={({ text }, header) => read(api.POST('/api/v1/accounts/{id}/identities', { params: { path: { id }, header }, body: { subject: text('subject') ?? '' } }))}
          done={() => announceDone(`✓ ${t('linked', { login })}`)}
          close={() => setLinking(false)}
        />
      )}
    </div>
  );
}
