import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { announceDone } from '../../../blocks/undo.tsx';
import { holds, useMe } from '../../../me.ts';
import styles from '../page.module.css';
import { texts } from '../texts.ts';

/** Somebody says that the public title tells of a neighbour: a person of the place decides. */
export function Exposure({ projectId }: { readonly projectId: string }) {
  const t = useTexts(texts);
  const mayLook = holds(useMe(), 'needs.triage');
  const found = useQuery({
    queryKey: ['project', projectId, 'exposures'],
    queryFn: () => read(api.GET('/api/v1/exposures', { params: { query: { projectId } } })),
    enabled: mayLook,
  });
  const decide = useCommand(
    ({ id, verdict }: { id: string; verdict: 'keep' | 'hide' }, header) =>
      read(api.POST('/api/v1/exposures/{id}/decide', { params: { path: { id }, header }, body: { verdict } })),
    () => announceDone(`✓ ${t('exposureDone')}`),
  );
  const report = found.data?.items[0];
  if (!report) return null;
  return (
    <Section title={t('exposure')}>
      <p>{t(`exposure.${report.state}`)}</p>
      {decide.problem && <Refusal error={decide.problem} />}
      <div className={styles['buttons']}>
        <Button loading={decide.isRunning} onClick={() => void decide.run({ id: report.id, verdict: 'keep' })}>
          {t('exposureKeep')}
        </Button>
        <Button danger loading={decide.isRunning} onClick={() => void decide.run({ id: report.id, verdict: 'hide' })}>
          {t('exposureHide')}
        </Button>
      </div>
    </Section>
  );
}
