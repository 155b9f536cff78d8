import { useNavigate } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { exactMoney } from '../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { CheckPage } from '../../blocks/check-page.tsx';
import { useReloadWhenStale } from '../../blocks/form/use-edited.ts';
import { useNeedsWords } from '../../blocks/needs-words.ts';
import { announceDone } from '../../blocks/undo.tsx';
import { texts } from './texts.ts';
import { useNeedsOf } from './use-needs.ts';
import type { Proposal } from './values.ts';

/** On the list units see it, and its content is fixed. */
export function ReadyCheck({ proposal }: { readonly proposal: Proposal }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const words = useNeedsWords();
  const navigate = useNavigate();
  const needs = useNeedsOf(proposal.communityId);
  const { id, number, version, title, budgetFen, fromOn, untilOn, needIds } = proposal;
  const here = `/needs/proposals/${id}`;
  const ready = useCommand(
    (input: { version: number }, key) =>
      read(api.POST('/api/v1/proposals/{id}/ready', { params: { path: { id }, header: { ...key, 'If-Match': `"${input.version}"` } } })),
    () => {
      announceDone(`✓ ${t('readyDone', { number })}`);
      void navigate(here, { replace: true });
    },
  );
  useReloadWhenStale(ready.problem);
  return (
    <CheckPage
      title={t('readyTitle', { number })}
      changes={[
        { label: t('state'), value: t('change', { before: words('proposal', 'draft'), after: words('proposal', 'ready') }) },
        { label: t('content2'), value: t('fixed') },
        { label: t('name'), value: title, edit: here },
        { label: t('budget'), value: exactMoney(budgetFen, language), edit: here },
        { label: t('from'), value: `${fromOn}—${untilOn}`, edit: here },
        { label: t('needs'), value: needIds.map((it) => needs.data?.get(it)?.number ?? '…').join('、'), edit: here },
      ]}
      told={[t('toldAll'), t('toldRaisers')]}
      action={t('ready')}
      command={ready}
      input={{ version }}
      back={here}
    />
  );
}
