import { useNavigate } from 'react-router';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import { exactMoney } from '../../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { CheckPage } from '../../../blocks/check-page.tsx';
import { useUnitName } from '../../../blocks/units.ts';
import { texts } from '../texts.ts';
import { useResults, type Detail } from './results.tsx';

/** What is published cannot be taken back: it is read once more before. */
export function PublishCheck({ cycle }: { readonly cycle: Detail }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const unitName = useUnitName();
  const navigate = useNavigate();
  const { communityId, quarter, hears, counts } = cycle;
  const back = `/quarters/${communityId}/${quarter}`;
  const results = useResults(cycle);
  const publish = useCommand(
    (_: null, header) => read(api.POST('/api/v1/quarters/{communityId}/{quarter}/publish-report', { params: { path: { communityId, quarter }, header }, body: {} })),
    () => void navigate(back),
  );
  const { microProjects = 0, fundsFen = 0, problemsSolved = 0 } = results.data ?? {};
  return (
    <CheckPage
      title={t('check', { community: unitName(communityId), quarter: hears })}
      changes={[
        {
          label: t('check.what'),
          value: t('check.whatText', { projects: microProjects, money: exactMoney(fundsFen, language), solved: problemsSolved }),
        },
        {
          label: t('check.frozen'),
          value: t('check.frozenText', { submitted: counts.submitted, missing: counts.missing }),
          edit: `${back}?standing=missing#reports`,
        },
        { label: t('check.public'), value: t('check.publicText') },
      ]}
      told={[t('check.toldUnits')]}
      action={t('publish')}
      command={publish}
      input={null}
      back={back}
    />
  );
}
