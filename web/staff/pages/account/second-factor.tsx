import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { secondFactorShown } from '../../../shared/api/session.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { Enrolment } from '../../blocks/second-factor/enrolment.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { useMe } from '../../me.ts';
import { texts } from './texts.ts';

export function SecondFactor() {
  const t = useTexts(texts);
  const me = useMe();
  const [enrolling, setEnrolling] = useState(false);
  const factor = useQuery({ queryKey: ['second-factor'], queryFn: () => read(api.GET('/api/v1/second-factor')) });
  // In place of a factor in use, a new one is bound only by whoever has just shown the old one.
  const begin = async (isBound: boolean): Promise<void> => {
    if (!isBound || me.secondFactor || (await secondFactorShown())) setEnrolling(true);
  };
  const body = () => {
    if (enrolling) {
      return (
        <Enrolment
          onDone={() => {
            setEnrolling(false);
            announceDone(`✓ ${t('factorBound')}`);
          }}
        />
      );
    }
    if (factor.isPending) return <RowsSkeleton rows={2} />;
    if (factor.isError) return <Refusal error={factor.error} retry={() => void factor.refetch()} />;
    const { confirmedAt, recoveryCodesLeft } = factor.data;
    return (
      <>
        <p>
          {confirmedAt === null ? (
            <StatusTag standing="soon">{t('factorNone')}</StatusTag>
          ) : (
            <>
              <StatusTag standing="done">{t('factorSince', { at: dateAndTime(confirmedAt) })}</StatusTag>{' '}
              {t('codesLeft', { count: recoveryCodesLeft })}
            </>
          )}
        </p>
        <p>{t('factorWhy')}</p>
        <Button onClick={() => void begin(confirmedAt !== null)}>{t(confirmedAt === null ? 'factorBind' : 'factorChange')}</Button>
      </>
    );
  };
  return <Section title={t('factor')}>{body()}</Section>;
}
