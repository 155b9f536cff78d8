import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Button } from '../../../blocks/button.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { announceDone } from '../../../blocks/undo.tsx';
import { texts } from '../texts.ts';

/** Not our turn: once a workday whoever is waited for can be asked by hand. */
export function RemindButton({ caseId }: { readonly caseId: string }) {
  const t = useTexts(texts);
  const waits = useQuery({
    queryKey: ['waits', 'of', caseId],
    queryFn: () => read(api.GET('/api/v1/waits', { params: { query: { caseId } } })),
  });
  const remind = useCommand(
    (items: readonly { caseId: string; name: string }[], header) =>
      read(api.POST('/api/v1/waits/remind', { params: { header }, body: { waits: [...items] } })),
    () => announceDone(`✓ ${t('reminded')}`),
  );
  const items = (waits.data?.items ?? []).map(({ name }) => ({ caseId, name }));
  return (
    <>
      <Button type="primary" loading={remind.isRunning} onClick={() => void remind.run(items)}>
        {t('remind')}
      </Button>
      {remind.problem && <Refusal error={remind.problem} />}
    </>
  );
}
