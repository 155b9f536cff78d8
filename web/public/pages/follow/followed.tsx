import { useState } from 'react';
import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useDraft } from '../../../shared/api/drafts.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { StageView } from '../../../shared/stage-view/stage-view.tsx';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import { Field } from '../../blocks/field.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { Reading } from '../../blocks/reading.tsx';
import { OwnData } from './own-data.tsx';
import { texts } from './texts.ts';

/** How far it is, in plain words. The code travels in a header: no log of addresses holds it. */
export function Followed({ code }: { readonly code: string }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const params = { header: { 'X-Follow-Up-Code': code } };
  const followed = useQuery({
    queryKey: ['follow-up', code, language],
    queryFn: async () => {
      const [facts, stage] = await Promise.all([
        read(api.GET('/api/v1/public/follow-up', { params })),
        read(api.GET('/api/v1/public/follow-up/stage', { params })),
      ]);
      return { facts, stage };
    },
  });
  return (
    <>
      <Reading query={followed}>
        {({ facts, stage }) => (
          <>
            <StageView stage={stage} />
            {/* At its end the stage says just that. */}
            {stage.turn !== 'none' && <p>{facts.stateText}</p>}
            {facts.asked !== null && <Answer code={code} number={facts.number ?? ''} />}
            <dl className={styles['facts']}>
              {facts.number !== null && (
                <>
                  <dt>{t('number')}</dt>
                  <dd>{facts.number}</dd>
                </>
              )}
              <dt>{t('community')}</dt>
              <dd>{facts.communityName}</dd>
              <dt>{t('sentOn')}</dt>
              <dd>{dateAndTime(facts.submittedAt)}</dd>
              {facts.publicText !== null && (
                <>
                  <dt>{t('publicText')}</dt>
                  <dd>{facts.publicText}</dd>
                </>
              )}
            </dl>
            {facts.remarks.length > 0 && <p role="status">{t('added', { count: facts.remarks.length })}</p>}
            {facts.asked === null && <AddRemark code={code} />}
            <OwnData code={code} />
          </>
        )}
      </Reading>
      <p>
        <Link to="/p/follow">{t('other')}</Link>
      </p>
    </>
  );
}

/** 请补充: the stage above says what is asked. */
function Answer({ code, number }: { readonly code: string; readonly number: string }) {
  const t = useTexts(texts);
  const draft = useDraft(`follow-answer/${number}`, '');
  const [isMissing, setMissing] = useState(false);
  const answer = useCommand((body: { code: string; text: string }, header) => read(api.POST('/api/v1/public/follow-up/answer', { params: { header }, body })), draft.discard);
  const text = draft.value.trim();
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(text === '');
        if (text !== '') void answer.run({ code, text });
      }}
    >
      <Field name="answer" label={t('answer')} error={isMissing ? t('addMissing') : undefined}>
        {(inside) => <textarea {...inside} rows={4} maxLength={500} value={draft.value} onChange={({ target }) => draft.change(target.value)} />}
      </Field>
      {answer.problem && <Refusal error={answer.problem} />}
      <button type="submit" className={styles['button']} aria-disabled={answer.isRunning}>
        {t('sendAnswer')}
      </button>
    </form>
  );
}

function AddRemark({ code }: { readonly code: string }) {
  const t = useTexts(texts);
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const add = useCommand(
    (body: { code: string; text: string }, header) => read(api.POST('/api/v1/public/follow-up/remarks', { params: { header }, body })),
    () => setText(''),
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(text.trim() === '');
        if (text.trim() !== '') void add.run({ code, text: text.trim() });
      }}
    >
      <Field name="remark" label={t('add')} hint={t('addHint')} error={isMissing ? t('addMissing') : undefined}>
        {(inside) => <textarea {...inside} rows={3} maxLength={500} value={text} onChange={({ target }) => setText(target.value)} />}
      </Field>
      {add.problem && <Refusal error={add.problem} />}
      <button type="submit" className={styles['button']} aria-disabled={add.isRunning}>
        {t('send')}
      </button>
    </form>
  );
}
