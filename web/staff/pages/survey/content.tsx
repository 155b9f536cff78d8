import { dayOf, dayOfDeadline, longDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { useAsked, useSurveyWords, type Survey } from '../../blocks/survey-words.ts';
import { useUnitName } from '../../blocks/units.ts';
import { texts } from './texts.ts';

/** What was released; from then on it stays. */
export function Content({ survey }: { readonly survey: Survey }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const words = useSurveyWords();
  const unitName = useUnitName();
  const asked = useAsked();
  const { intro, opensAt, closesAt, communityIds, channels, targetPerArea, questions } = survey;
  const facts: readonly (readonly [string, string])[] = [
    [t('window'), `${longDay(dayOf(opensAt), language)} — ${longDay(dayOfDeadline(closesAt), language)}`],
    [t('communities'), communityIds.map(unitName).join('、')],
    [t('channels'), channels.map((it) => words.channel(it)).join('、')],
    [t('target'), String(targetPerArea)],
  ];
  return (
    <>
      {intro !== null && <p>{intro}</p>}
      {facts.map(([label, value]) => (
        <p key={label}>
          {label}：{value}
        </p>
      ))}
      <ol>
        {questions.map((question) => (
          <li key={question.id}>
            {asked(question)}（{t(`type.${question.type}`)}
            {question.required && ` · ${t('required')}`}
            {question.isNeed && ` · ${t('isNeed')}`}）
            {question.choices && <div>{question.choices.map(asked).join(' / ')}</div>}
          </li>
        ))}
      </ol>
    </>
  );
}
