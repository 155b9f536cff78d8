import { useNavigate } from 'react-router';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import { exactMoney } from '../../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { CheckPage } from '../../../blocks/check-page.tsx';
import { ProjectName } from '../../../blocks/named.tsx';
import { announceDone } from '../../../blocks/undo.tsx';
import { useUnitName } from '../../../blocks/units.ts';
import type { Schemas } from '../../../me.ts';
import { texts } from '../texts.ts';

/** The approver approves what stands here: by its fingerprint. */
export function ApproveCheck({ award }: { readonly award: Schemas['AwardFile'] }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const unitName = useUnitName();
  const navigate = useNavigate();
  const { id, digest, needed, given } = award;
  const back = `/awards/${id}`;
  const approve = useCommand(
    (body: { digest: string }, header) => read(api.POST('/api/v1/awards/{id}/approve', { params: { path: { id }, header }, body })),
    ({ status }) => {
      announceDone(status === 'proposed' ? t('approvedByMe') : t('done'));
      void navigate(back);
    },
  );
  const left = needed - given - 1;
  const amount = exactMoney(award.amountFen, language);
  return (
    <CheckPage
      title={t('check', { amount })}
      changes={[
        { label: t('project'), value: <ProjectName id={award.projectId} /> },
        { label: t('recipient'), value: unitName(award.recipientId) },
        { label: t('amount'), value: amount },
        { label: t('check.second'), value: left > 0 ? t('check.more', { count: left }) : t('check.last') },
        { label: t('check.digest'), value: digest },
      ]}
      told={left > 0 ? [t('check.toldManager'), t('check.toldNext')] : [t('check.toldManager')]}
      action={t('approve')}
      command={approve}
      input={{ digest }}
      back={back}
    />
  );
}
