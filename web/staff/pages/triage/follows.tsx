import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { holds, useMe, type Schemas } from '../../me.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';

/** Whom it repeats, who repeats it; and what its state asks for besides. */
export function Follows({ need }: { readonly need: Schemas['NeedDetail'] }) {
  const t = useTexts(texts);
  const me = useMe();
  const { id, number, version, state, follows, repeats } = need;
  const unmerge = useCommand((input: { version: number }, key) =>
    read(api.POST('/api/v1/needs/{id}/unmerge', { params: { path: { id }, header: { ...key, 'If-Match': `"${input.version}"` } } })),
  );
  const confirm = useCommand(
    (by: 'community', key) => read(api.POST('/api/v1/needs/{id}/confirm-solved', { params: { path: { id }, header: key }, body: { by } })),
    () => announceDone(`✓ ${t('solvedDone', { number })}`),
  );
  return (
    <>
      {follows && (
        <p>
          <Link to={`?state=${follows.state}&id=${follows.id}`}>{t('follows', { number: follows.number })}</Link>{' '}
          {holds(me, 'needs.triage') && (
            <Button loading={unmerge.isRunning} onClick={() => void unmerge.run({ version })}>
              {t('unmerge')}
            </Button>
          )}
        </p>
      )}
      {repeats.length > 0 && (
        <p className={styles['meta']}>
          {t('repeats')}：
          {repeats.map((it) => (
            <Link key={it.id} to={`?state=${it.state}&id=${it.id}`}>
              {it.number}{' '}
            </Link>
          ))}
        </p>
      )}
      {state === 'answered' && holds(me, 'projects.accept') && (
        <p>
          <Button type="primary" loading={confirm.isRunning} onClick={() => void confirm.run('community')}>
            {t('solved')}
          </Button>
        </p>
      )}
      {unmerge.problem && <Refusal error={unmerge.problem} />}
      {confirm.problem && <Refusal error={confirm.problem} />}
    </>
  );
}
