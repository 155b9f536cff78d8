import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { StageView } from '../../../shared/stage-view/stage-view.tsx';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { ActionMenu } from '../../blocks/action-menu.tsx';
import { Button } from '../../blocks/button.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { ProblemPage } from '../../blocks/problem.tsx';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { useUnitName } from '../../blocks/units.ts';
import { mayRemind, useMe, type Schemas } from '../../me.ts';
import { COMMANDS, PAGES, type Action } from './commands.ts';
import { CommandForm } from './parts/command-form.tsx';
import { Evaluation } from './parts/evaluation.tsx';
import { Exposure } from './parts/exposure.tsx';
import { Facts } from './parts/facts.tsx';
import { Funding } from './parts/funding.tsx';
import { NoteForm } from './parts/note-form.tsx';
import { Papers } from './parts/papers.tsx';
import { RemindButton } from './parts/remind-button.tsx';
import { Reports } from './parts/reports.tsx';
import { Written } from './parts/written.tsx';
import { texts } from './texts.ts';

export default function ProjectPage() {
  const { id = '' } = useParams();
  const language = useLanguage();
  const params = { path: { id } };
  const found = useQuery({
    queryKey: ['project', id, language],
    queryFn: async () => {
      const [project, stage, actions] = await Promise.all([
        read(api.GET('/api/v1/projects/{id}', { params })),
        read(api.GET('/api/v1/projects/{id}/stage', { params })),
        read(api.GET('/api/v1/projects/{id}/actions', { params })),
      ]);
      return { project, stage, actions: actions.items, mayReadFile: actions.mayReadFile };
    },
  });
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <ProblemPage error={found.error} retry={() => void found.refetch()} />;
  return <Shown {...found.data} />;
}

interface Found {
  readonly project: Schemas['Project'];
  readonly stage: Schemas['StageView'];
  readonly actions: readonly Action[];
  readonly mayReadFile: boolean;
}

function Shown({ project, stage, actions, mayReadFile }: Found) {
  const t = useTexts(texts);
  const me = useMe();
  const unitName = useUnitName();
  const navigate = useNavigate();
  const [chosen, choose] = useState<Action>();
  const specOf = ({ command }: Action) => COMMANDS[command] ?? PAGES[command];
  const direct = actions.filter((action) => specOf(action));
  const [first, ...rest] = direct.filter((action) => !specOf(action)?.isAside);
  const others = [...rest, ...direct.filter((action) => specOf(action)?.isAside)];
  const labelOf = (action: Action): string => t(specOf(action)?.label ?? 'more');
  const begin = (action: Action): void => {
    const own = PAGES[action.command];
    if (own) void navigate(`/unit/projects/${project.id}/${own.page}`);
    else choose(action);
  };
  return (
    <Page
      title={`${project.title} ${project.number}`}
      lead={<Link to={`/projects?communityId=${project.communityId}`}>{unitName(project.communityId)}</Link>}
      primary={
        first ? (
          <Button type="primary" onClick={() => begin(first)}>
            {labelOf(first)}
          </Button>
        ) : (
          stage.turn === 'other' && mayRemind(me) && <RemindButton caseId={`project/${project.id}`} />
        )
      }
      actions={
        others.length > 0 && (
          <ActionMenu
            label={t('more')}
            items={others.map((action) => ({ key: action.command + (action.unitId ?? ''), label: labelOf(action), onClick: () => begin(action) }))}
          />
        )
      }
    >
      <StageView stage={stage} />
      <Exposure projectId={project.id} />
      <Facts project={project} />
      <Reports project={project} actions={actions} />
      <NoteForm project={project} />
      <Funding projectId={project.id} />
      {mayReadFile ? (
        <>
          <Evaluation projectId={project.id} />
          <Papers project={project} />
          <Written projectId={project.id} />
        </>
      ) : (
        <Section title={t('texts')}>
          <Empty title={t('fileElsewhere')} />
        </Section>
      )}
      {chosen && <CommandForm projectId={project.id} action={chosen} close={() => choose(undefined)} />}
    </Page>
  );
}
