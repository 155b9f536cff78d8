import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, fileUrl, read } from '../../../shared/api/client.ts';
import { exactMoney } from '../../../shared/format/money.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { StageView } from '../../../shared/stage-view/stage-view.tsx';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { ActionMenu } from '../../blocks/action-menu.tsx';
import { Button } from '../../blocks/button.tsx';
import { ProjectName } from '../../blocks/named.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { ProblemPage } from '../../blocks/problem.tsx';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { useUnitName } from '../../blocks/units.ts';
import { useDeadline } from '../../blocks/workdays.ts';
import { holds, useMe, type Me, type Schemas } from '../../me.ts';
import styles from './page.module.css';
import { ApproveCheck } from './parts/approve-check.tsx';
import { DeedForm, type Deed } from './parts/deed-form.tsx';
import { Objections } from './parts/objections.tsx';
import { Written } from './parts/written.tsx';
import { texts } from './texts.ts';

type Award = Schemas['AwardFile'];

export default function AwardPage() {
  const { id = '' } = useParams();
  const language = useLanguage();
  const [search] = useSearchParams();
  const params = { path: { id } };
  const found = useQuery({
    queryKey: ['award', id, language],
    queryFn: async () => {
      const [award, stage] = await Promise.all([
        read(api.GET('/api/v1/awards/{id}', { params })),
        read(api.GET('/api/v1/awards/{id}/stage', { params })),
      ]);
      return { award, stage };
    },
  });
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <ProblemPage error={found.error} retry={() => void found.refetch()} />;
  const { award, stage } = found.data;
  if (search.get('step') === 'approve' && award.status === 'proposed') return <ApproveCheck award={award} />;
  return <Shown award={award} stage={stage} />;
}

/** What this reader may do in this state, the main thing first. */
function deedsOf({ status }: Award, me: Me): readonly (Deed | 'approve')[] {
  const grades = holds(me, 'evaluation.grade');
  const approves = holds(me, 'money.approve');
  const all: readonly (readonly [Deed | 'approve', boolean])[] = [
    ['approve', status === 'proposed' && approves],
    ['answer', status === 'objected' && grades],
    ['refuse', status === 'proposed' && approves],
    ['object', status === 'noticed' && grades],
    ['withdraw', ['proposed', 'noticed', 'objected'].includes(status) && grades],
  ];
  return all.flatMap(([deed, may]) => (may ? [deed] : []));
}

function Shown({ award, stage }: { readonly award: Award; readonly stage: Schemas['StageView'] }) {
  const t = useTexts(texts);
  const me = useMe();
  const language = useLanguage();
  const navigate = useNavigate();
  const [chosen, choose] = useState<Deed>();
  const deeds = deedsOf(award, me);
  const main = deeds.find((deed) => deed === 'approve' || deed === 'answer');
  const objections = award.status !== 'proposed' && (holds(me, 'evaluation.grade') || holds(me, 'money.approve'));
  const others = deeds.filter((deed): deed is Deed => deed !== main && deed !== 'approve');
  return (
    <Page
      title={t('title', { amount: exactMoney(award.amountFen, language) })}
      lead={<Link to="/awards">{t('all')}</Link>}
      primary={
        main && (
          <Button type="primary" onClick={() => (main === 'approve' ? void navigate('?step=approve') : choose(main))}>
            {t(main)}
          </Button>
        )
      }
      actions={
        others.length > 0 && <ActionMenu label={t('more')} items={others.map((deed) => ({ key: deed, label: t(deed), onClick: () => choose(deed) }))} />
      }
    >
      <StageView stage={stage} />
      <Facts award={award} />
      {objections && <Objections awardId={award.id} />}
      <Written contents={award.contents} />
      {chosen && <DeedForm id={award.id} deed={chosen} close={() => choose(undefined)} />}
    </Page>
  );
}

function Facts({ award }: { readonly award: Award }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const unitName = useUnitName();
  const deadline = useDeadline();
  return (
    <Section title={t('facts')}>
      <dl className={styles['facts']}>
        <dt>{t('project')}</dt>
        <dd>
          <Link to={`/projects/${award.projectId}`}>
            <ProjectName id={award.projectId} />
          </Link>
        </dd>
        <dt>{t('recipient')}</dt>
        <dd>{unitName(award.recipientId)}</dd>
        <dt>{t('amount')}</dt>
        <dd>{exactMoney(award.amountFen, language)}</dd>
        <dt>{t('approvals')}</dt>
        <dd>{t('approvalsOf', { given: award.given, needed: award.needed })}</dd>
        {(award.status === 'noticed' || award.status === 'objected') && (
          <>
            <dt>{t(award.status === 'noticed' ? 'notice' : 'objectionDue')}</dt>
            <dd>{deadline(award.due).text}</dd>
          </>
        )}
        {award.status === 'granted' && (
          <>
            <dt>{t('certificate')}</dt>
            <dd>
              {(['pdf', 'docx'] as const).map((format) => (
                <a key={format} href={fileUrl(`/api/v1/awards/${award.id}/documents/certificate`, { format })} download aria-label={`${t('certificate')} ${format.toUpperCase()}`}>
                  {format.toUpperCase()}{' '}
                </a>
              ))}
            </dd>
          </>
        )}
        <dt>{t('proposed')}</dt>
        <dd>{dateAndTime(award.proposedAt)}</dd>
      </dl>
    </Section>
  );
}
