import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { addDays } from '../../../shared/format/time.ts';
import { StageView } from '../../../shared/stage-view/stage-view.tsx';
import { say, useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Page, Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { standingOfSurvey, useSurveyWords, type Survey } from '../../blocks/survey-words.ts';
import { useToday } from '../../blocks/workdays.ts';
import { holds, useMe, type Schemas } from '../../me.ts';
import { Actions, PrimaryAction } from './actions.tsx';
import { isChecked, MoveCheck } from './move-check.tsx';
import { Content } from './content.tsx';
import { SurveyForm } from './form.tsx';
import { Progress } from './progress.tsx';
import { Results } from './results.tsx';
import { Share } from './share.tsx';
import { texts } from './texts.ts';
import { blankQuestion, valuesOf, type Values } from './values.ts';

const NEW = 'new';
const USUAL_DAYS = 14;
const USUAL_TARGET = '100';

export default function SurveyPage() {
  const { id = NEW } = useParams();
  const language = useLanguage();
  const params = { path: { id } };
  const found = useQuery({
    queryKey: ['survey', id, language],
    queryFn: async () => {
      const [survey, stage] = await Promise.all([
        read(api.GET('/api/v1/surveys/{id}', { params })),
        read(api.GET('/api/v1/surveys/{id}/stage', { params })),
      ]);
      return { survey, stage };
    },
    enabled: id !== NEW,
  });
  if (id === NEW) return <NewSurvey />;
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  return <Shown key={id} {...found.data} />;
}

/** Begins with what nearly every survey asks; both questions can be changed or removed. */
function beginning(today: string): Values {
  return {
    title: '',
    intro: '',
    questions: [
      { ...blankQuestion('q1'), text: say(texts, 'default.need'), required: true, isNeed: true },
      { ...blankQuestion('q2'), type: 'place', text: say(texts, 'default.place') },
    ],
    communityIds: [],
    channels: ['publicForm', 'staff'],
    target: USUAL_TARGET,
    opensOn: addDays(today, 1),
    closesOn: addDays(today, USUAL_DAYS),
  };
}

function NewSurvey() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const today = useToday();
  return (
    <Page title={t('new')} lead={<Link to="/needs/surveys">‹ {t('back')}</Link>}>
      <Section title={t('content')}>
        <SurveyForm name="survey/new" server={beginning(today)} onDone={({ id }) => void navigate(`/needs/surveys/${id}`, { replace: true })} />
      </Section>
    </Page>
  );
}

function Shown({ survey, stage }: { readonly survey: Survey; readonly stage: Schemas['StageView'] }) {
  const t = useTexts(texts);
  const me = useMe();
  const words = useSurveyWords();
  const [search] = useSearchParams();
  const { id, title, status, released } = survey;
  const check = search.get('check') ?? '';
  if (isChecked(check)) return <MoveCheck survey={survey} move={check} />;
  const isEditable = status === 'draft' && !released && holds(me, 'needs.publish');
  return (
    <Page
      title={title}
      lead={
        <>
          <Link to="/needs/surveys">‹ {t('back')}</Link> <StatusTag standing={standingOfSurvey(status)}>{words.status(status, released)}</StatusTag>
        </>
      }
      primary={<PrimaryAction survey={survey} />}
      actions={<Actions survey={survey} />}
    >
      <StageView stage={stage} />
      {released && status !== 'closed' && <Share survey={survey} />}
      {status !== 'draft' && <Progress surveyId={id} />}
      {status !== 'draft' && <Results survey={survey} />}
      <Section title={t('content')}>
        {isEditable ? <SurveyForm name={`survey/${id}`} server={valuesOf(survey)} survey={survey} onDone={() => undefined} /> : <Content survey={survey} />}
      </Section>
    </Page>
  );
}
