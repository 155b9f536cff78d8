import { useNavigate } from 'react-router';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import { exactMoney, wholeNumber } from '../../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { CheckPage } from '../../../blocks/check-page.tsx';
import { useUnitName } from '../../../blocks/units.ts';
import type { FormProps } from './form-props.ts';
import { texts } from './texts.ts';
import { bodyOf } from './values.ts';

/** What will stand in the report, each line with its way back. */
export function ReportCheck({ reporting: { project }, owed, draft, photos }: FormProps) {
  const t = useTexts(texts);
  const language = useLanguage();
  const navigate = useNavigate();
  const unitName = useUnitName();
  const { projectId: id, quarter, unitId } = owed;
  const body = bodyOf(draft.value, unitId, photos.ids);
  const address = `/unit/projects/${id}/report/${quarter}`;
  const submit = useCommand(
    (input: typeof body, header) =>
      read(api.POST('/api/v1/projects/{id}/reports/{quarter}/submit', { params: { path: { id, quarter }, header }, body: input })),
    () => {
      draft.discard();
      photos.discard();
      void navigate(address, { replace: true });
    },
  );
  const line = (at: string, label: string, value: string) => ({ label, value: value === '' ? t('empty') : value, edit: `${address}?at=${at}` });
  return (
    <CheckPage
      title={t('checkTitle', { project: project.title })}
      changes={[
        line('done', t('done'), body.done),
        line('needs', t('needs'), t('needsCount', { count: body.needsAnswered.length })),
        line('served', t('served'), wholeNumber(body.served)),
        line('spent', t('spent'), exactMoney(body.spentFen, language)),
        line('photos', t('photos'), t('photosCount', { count: photos.ids.length })),
        line('difficulties', t('difficulties'), body.difficulties ?? t('difficulties.none')),
        line('next', t('next'), body.next ?? ''),
      ]}
      told={[t('told.community', { community: unitName(project.communityId) }), t('told.public')]}
      action={t('submit')}
      command={submit}
      input={body}
      back={address}
    />
  );
}
