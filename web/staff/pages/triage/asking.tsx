import { useState } from 'react';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { CommandDrawer } from '../../blocks/command-drawer.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import type { Schemas } from '../../me.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';

type NeedDetail = Schemas['NeedDetail'];

const REASONS = ['elsewhere', 'solved', 'private', 'unclear', 'notPossible', 'other'] as const satisfies readonly Schemas['NeedLeftOut']['reason'][];
const MAY_ASK: readonly NeedDetail['state'][] = ['raised', 'triaged'];
const MAY_LEAVE_OUT: readonly NeedDetail['state'][] = ['raised', 'asked', 'triaged'];

interface Props {
  readonly need: NeedDetail;
  /** Goes on to the next one. */
  readonly onDone: () => void;
}

/** 请补充, 不列入: what passes between triage and who raised the need. */
export function Asking({ need, onDone }: Props) {
  const t = useTexts(texts);
  const [open, setOpen] = useState<'ask' | 'answer' | 'leaveOut'>();
  const { id, number, state, version } = need;
  const params = (header: { readonly 'Idempotency-Key': string }) => ({ path: { id }, header: { ...header, 'If-Match': `"${version}"` } });
  const takeUp = useCommand(
    (_: string, header) => read(api.POST('/api/v1/needs/{id}/take-up', { params: params(header) })),
    () => announceDone(`✓ ${t('takenUp', { number })}`),
  );
  const done = (text: 'askedDone' | 'answeredDone' | 'leftOutDone', goesOn: boolean) => (): void => {
    announceDone(`✓ ${t(text, { number })}`);
    if (goesOn) onDone();
  };
  const close = (): void => setOpen(undefined);
  return (
    <>
      {takeUp.problem && <Refusal error={takeUp.problem} />}
      <div className={styles['tools']}>
        {MAY_ASK.includes(state) && need.raiser !== null && <Button onClick={() => setOpen('ask')}>{t('ask')}</Button>}
        {state === 'asked' && <Button onClick={() => setOpen('answer')}>{t('answer')}</Button>}
        {MAY_LEAVE_OUT.includes(state) && <Button onClick={() => setOpen('leaveOut')}>{t('leaveOut')}</Button>}
        {state === 'leftOut' && (
          <Button loading={takeUp.isRunning} onClick={() => void takeUp.run(id)}>
            {t('takeUp')}
          </Button>
        )}
      </div>
      {open === 'ask' && (
        <CommandDrawer
          title={t('askTitle', { number })}
          action={t('askAction')}
          fields={[{ name: 'text', kind: 'area', label: t('askText'), hint: t(need.followed ? 'askHint' : 'askHintUnfollowed'), max: 300 }]}
          send={(answers, header) => read(api.POST('/api/v1/needs/{id}/ask', { params: params(header), body: { text: answers.text('text') ?? '' } }))}
          done={done('askedDone', true)}
          close={close}
        />
      )}
      {open === 'answer' && (
        <CommandDrawer
          title={t('answerTitle', { number })}
          action={t('answerAction')}
          fields={[{ name: 'text', kind: 'area', label: t('answerText'), max: 500 }]}
          send={(answers, header) => read(api.POST('/api/v1/needs/{id}/answer', { params: params(header), body: { text: answers.text('text') ?? '' } }))}
          done={done('answeredDone', false)}
          close={close}
        />
      )}
      {open === 'leaveOut' && (
        <CommandDrawer
          title={t('leaveOutTitle', { number })}
          action={t('leaveOutAction')}
          fields={[
            { name: 'reason', kind: 'choice', label: t('reason'), options: REASONS.map((value) => ({ value, label: t(`reason.${value}`) })) },
            { name: 'text', kind: 'area', label: t('leaveOutText'), hint: t('leaveOutHint'), max: 300 },
          ]}
          send={(answers, header) => {
            const body = { reason: answers.text('reason') as Schemas['NeedLeftOut']['reason'], text: answers.text('text') ?? '' };
            return read(api.POST('/api/v1/needs/{id}/leave-out', { params: params(header), body }));
          }}
          done={done('leftOutDone', true)}
          close={close}
        />
      )}
    </>
  );
}

/** What was asked and answered, and why it is not taken up. */
export function Asked({ need: { questions, leftOut } }: { readonly need: NeedDetail }) {
  const t = useTexts(texts);
  return (
    <>
      {leftOut !== null && (
        <p className={styles['notice']}>
          {t('leftOut', { reason: t(`reason.${leftOut.reason}`) })} {leftOut.text}
        </p>
      )}
      {questions.length > 0 && (
        <dl className={styles['facts']}>
          {questions.map(({ number, text, askedAt, answeredAt, answer }) => (
            <div key={number}>
              <dt>
                {t('question')} {dateAndTime(askedAt)}
              </dt>
              <dd>
                {text}
                <br />
                {answeredAt === null ? t('unanswered') : `${t('answered')} ${dateAndTime(answeredAt)}：${answer ?? t('answerGone')}`}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
