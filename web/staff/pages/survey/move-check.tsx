import { useNavigate } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand, type KeyHeader } from '../../../shared/api/command.ts';
import { dayOf, dayOfDeadline, longDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { CheckPage, type CheckLine } from '../../blocks/check-page.tsx';
import { useSurveyWords, type Survey } from '../../blocks/survey-words.ts';
import { announceDone } from '../../blocks/undo.tsx';
import { useUnitName } from '../../blocks/units.ts';
import { texts } from './texts.ts';

type TextKey = (typeof texts)['keys'][number];

interface Move {
  readonly title: TextKey;
  readonly action: TextKey;
  readonly to: Survey['status'];
  readonly later: TextKey;
  readonly told: readonly TextKey[];
  readonly send: (params: { readonly path: { readonly id: string }; readonly header: KeyHeader }) => Promise<unknown>;
}

const MOVES = {
  release: {
    title: 'releaseTitle',
    action: 'release',
    to: 'collecting',
    later: 'fixed',
    told: ['toldWorkers', 'toldResidents'],
    send: (params) => read(api.POST('/api/v1/surveys/{id}/release', { params })),
  },
  discard: {
    title: 'discardTitle',
    action: 'discard',
    to: 'closed',
    later: 'laterDiscard',
    told: ['toldNobody'],
    send: (params) => read(api.POST('/api/v1/surveys/{id}/discard', { params })),
  },
  endCollecting: {
    title: 'endTitle',
    action: 'endCollecting',
    to: 'triage',
    later: 'laterEnd',
    told: ['toldWorkers'],
    send: (params) => read(api.POST('/api/v1/surveys/{id}/end-collecting', { params })),
  },
  list: {
    title: 'listTitle',
    action: 'list',
    to: 'listed',
    later: 'laterList',
    told: ['toldNobody'],
    send: (params) => read(api.POST('/api/v1/surveys/{id}/list', { params })),
  },
  close: {
    title: 'closeTitle',
    action: 'close',
    to: 'closed',
    later: 'laterClose',
    told: ['toldNobody'],
    send: (params) => read(api.POST('/api/v1/surveys/{id}/close', { params })),
  },
} as const satisfies Readonly<Record<string, Move>>;

type MoveName = keyof typeof MOVES;

export const isChecked = (name: string): name is MoveName => name in MOVES;

/** What a step of the survey changes, for good. */
export function MoveCheck({ survey, move: name }: { readonly survey: Survey; readonly move: MoveName }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const words = useSurveyWords();
  const unitName = useUnitName();
  const navigate = useNavigate();
  const move: Move = MOVES[name];
  const { id, title, status, released, opensAt, closesAt, communityIds, targetPerArea, questions } = survey;
  const here = `/needs/surveys/${id}`;
  const opens = longDay(dayOf(opensAt), language);
  const command = useCommand(
    (_: MoveName, key) => move.send({ path: { id }, header: key }),
    () => {
      announceDone(`✓ ${name === 'release' ? t('released', { day: opens }) : t('moved')}`);
      void navigate(here, { replace: true });
    },
  );
  const releaseLines: readonly CheckLine[] = [
    { label: t('window'), value: `${opens} — ${longDay(dayOfDeadline(closesAt), language)}`, edit: here },
    { label: t('communities'), value: communityIds.map(unitName).join('、'), edit: here },
    { label: t('target'), value: targetPerArea, edit: here },
    { label: t('questions'), value: questions.length, edit: here },
  ];
  return (
    <CheckPage
      title={t(move.title, { title })}
      changes={[
        { label: t('status'), value: t('change', { before: words.status(status, released), after: words.status(name === 'release' ? 'draft' : move.to, name === 'release') }) },
        ...(name === 'release' ? releaseLines : []),
        { label: t('later'), value: t(move.later) },
      ]}
      told={move.told.map((key) => t(key))}
      action={t(move.action).replace('…', '')}
      command={command}
      input={name}
      back={here}
    />
  );
}
