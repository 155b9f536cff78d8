import { useState } from 'react';
import { Button, Form, Input, Radio, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { FiguresTable } from '../../../blocks/figures-table.tsx';
import { OfferUnit, ProposalName } from '../../../blocks/named.tsx';
import { points } from '../../../blocks/points.ts';
import { Refusal } from '../../../blocks/problem.tsx';
import { announceDone } from '../../../blocks/undo.tsx';
import { useUnitName } from '../../../blocks/units.ts';
import type { Schemas } from '../../../me.ts';
import { useRunCommand, type Run } from '../run.ts';
import { texts } from '../texts.ts';
import { useReason } from './reasons.ts';

type Row = Schemas['MatchingPlannedDecision'];
type Choice = Run['choices'][number];
type How = 'assign' | 'forbid' | 'leaveOut' | 'best';

interface Props {
  readonly run: Run;
  readonly row: Row;
  readonly close: () => void;
}

/** The whole set that shall hold: what others have chosen before stays. */
function changed(before: readonly Choice[], { proposalId, offerId: current }: Row, how: How | undefined, offerId: string | undefined): Choice[] | undefined {
  const others = before.filter((choice) => choice.proposalId !== proposalId);
  switch (how) {
    case 'assign':
      return offerId === undefined ? undefined : [...others, { proposalId, offerId }];
    case 'forbid':
      return current === null ? undefined : [...before.filter((it) => it.proposalId !== proposalId || it.forbid), { proposalId, offerId: current, forbid: true }];
    case 'leaveOut':
      return [...others, { proposalId, offerId: null }];
    case 'best':
      return others;
    case undefined:
      return undefined;
  }
}

/** The price stands before the button: it comes from the solver, not from a guess. */
export function ChangeForm({ run, row, close }: Props) {
  const t = useTexts(texts);
  const unitName = useUnitName();
  const reasonText = useReason();
  const [how, setHow] = useState<How>();
  const [offerId, setOffer] = useState<string>();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const params = { path: { id: run.id } };
  const choices = changed(run.choices, row, how, offerId);
  const preview = useQuery({
    queryKey: ['matching-preview', run.id, run.revision, choices],
    queryFn: () => read(api.POST('/api/v1/matching-runs/{id}/preview', { params, body: { choices: choices ?? [] } })),
    enabled: choices !== undefined,
    staleTime: Infinity,
  });
  const change = useRunCommand(
    run.id,
    (body: { choices: Choice[]; reason: string }, header) => read(api.POST('/api/v1/matching-runs/{id}/change', { params: { ...params, header }, body })),
    () => {
      announceDone(t('changed'));
      close();
    },
  );
  const submit = (): void => {
    setMissing(true);
    if (choices !== undefined && reason.trim() !== '') void change.run({ choices, reason: reason.trim() });
  };
  const isChosen = run.choices.some(({ proposalId }) => proposalId === row.proposalId);
  const error = (field: string, isEmpty: boolean) => (isMissing && isEmpty ? { validateStatus: 'error' as const, help: t('missing', { what: field }) } : {});
  return (
    <Form layout="vertical" onFinish={submit}>
      {change.problem && <Refusal error={change.problem} />}
      <Form.Item label={t('how')} {...error(t('how'), how === undefined)}>
        <Radio.Group
          vertical
          aria-label={t('how')}
          value={how}
          onChange={({ target }) => setHow(target.value as How)}
          options={[
            { value: 'assign', label: t('how.assign') },
            ...(row.unitId === null ? [] : [{ value: 'forbid', label: t('how.forbid', { unit: unitName(row.unitId) }) }]),
            { value: 'leaveOut', label: t('how.leaveOut') },
            ...(isChosen ? [{ value: 'best', label: t('how.best') }] : []),
          ]}
        />
      </Form.Item>
      {how === 'assign' && (
        <Form.Item label={t('toUnit')} htmlFor="change-offer" {...error(t('toUnit'), offerId === undefined)}>
          <Select
            id="change-offer"
            placeholder={t('chooseUnit')}
            {...(offerId !== undefined && { value: offerId })}
            onChange={(value: string) => setOffer(value)}
            options={row.decision.alternatives.map(({ target, unitId, eligible, reasonCode }) => ({
              value: target,
              label: eligible ? unitName(unitId) : `${unitName(unitId)}（${reasonText(reasonCode)}）`,
            }))}
          />
        </Form.Item>
      )}
      <div role="status">
        {choices !== undefined && preview.isPending && <p>{t('counting')}</p>}
        {preview.data && (
          <p>
            {t('costsLead')}: {t('costs', { points: points(preview.data.price), count: preview.data.moves.length })}
          </p>
        )}
      </div>
      {preview.isError && <Refusal error={preview.error} />}
      {preview.data && preview.data.moves.length > 0 && <Moves moves={preview.data.moves} />}
      <Form.Item label={t('reasonField')} htmlFor="change-reason" {...error(t('reasonField'), reason.trim() === '')}>
        <Input.TextArea id="change-reason" rows={3} maxLength={4000} value={reason} onChange={({ target }) => setReason(target.value)} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={change.isRunning}>
        {t('doChange')}
      </Button>
    </Form>
  );
}

const MOST_MOVES = 20;

function Moves({ moves }: { readonly moves: Schemas['MatchingPreview']['moves'] }) {
  const t = useTexts(texts);
  const offer = (id: string | null) => (id === null ? t('nobody') : <OfferUnit id={id} />);
  return (
    <FiguresTable
      label={t('moves')}
      columns={[{ title: t('moves') }, { title: t('from') }, { title: t('to') }]}
      rows={moves.slice(0, MOST_MOVES).map(({ proposalId, from, to }) => ({ key: proposalId, cells: [<ProposalName key="name" id={proposalId} />, offer(from), offer(to)] }))}
    />
  );
}
