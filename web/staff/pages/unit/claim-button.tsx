import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { ClaimLost } from './claim-lost.tsx';
import type { Project } from './projects.ts';
import { texts } from './texts.ts';

const TAKEN = ['PROJECT_STATE', 'PROJECT_OFFERED_TO_OTHER'];

interface Props {
  readonly project: Project;
  readonly unitId: string;
}

/** Says done only when the project's case has said so; of two who press at once, one is told who was first. */
export function ClaimButton({ project: { id, number, category }, unitId }: Props) {
  const t = useTexts(texts);
  const claim = useCommand(
    (body: { unitId: string }, header) => read(api.POST('/api/v1/projects/{id}/claim', { params: { path: { id }, header }, body })),
    () => announceDone(t('claimed', { number })),
  );
  const { problem } = claim;
  return (
    <>
      <Button type="primary" loading={claim.isRunning} onClick={() => void claim.run({ unitId })}>
        {claim.isRunning ? t('claiming') : t('claim')}
      </Button>
      {problem && (TAKEN.includes(problem.code) ? <ClaimLost projectId={id} category={category} unitId={unitId} refusal={problem} /> : <Refusal error={problem} />)}
    </>
  );
}
