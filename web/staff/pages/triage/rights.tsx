import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { defineTexts } from '../../../shared/texts/i18n.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { CommandDrawer } from '../../blocks/command-drawer.tsx';
import type { Schemas } from '../../me.ts';

const texts = defineTexts('staff/pages/triage/rights', {
  take: { zh: '登记个人信息申请…', en: 'Take down a request about own data…' },
  title: { zh: '登记个人信息申请', en: 'A request about own data' },
  action: { zh: '登记', en: 'Take it down' },
  right: { zh: '本人要求', en: 'The person wants to' },
  'right.access': { zh: '查阅', en: 'see their data' },
  'right.correction': { zh: '更正', en: 'have it corrected' },
  'right.deletion': { zh: '删除', en: 'have it deleted' },
  channel: { zh: '怎样提出', en: 'How they asked' },
  'channel.paper': { zh: '书面', en: 'on paper' },
  'channel.oral': { zh: '口头', en: 'by word of mouth' },
  hint: { zh: '请先核实是本人。', en: 'Make sure first that it is the person.' },
  wish: { zh: '本人说明', en: 'In their words' },
});

/** What a resident asks at the counter about their own data. */
export function TakeRequest({ needId }: { readonly needId: string }) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button type="text" onClick={() => setOpen(true)}>
        {t('take')}
      </Button>
      {isOpen && (
        <CommandDrawer
          title={t('title')}
          action={t('action')}
          fields={[
            { name: 'right', label: t('right'), kind: 'choice', options: (['access', 'correction', 'deletion'] as const).map((value) => ({ value, label: t(`right.${value}`) })) },
            { name: 'channel', label: t('channel'), hint: t('hint'), kind: 'choice', options: (['paper', 'oral'] as const).map((value) => ({ value, label: t(`channel.${value}`) })) },
            { name: 'wish', label: t('wish'), kind: 'area', max: 500, isOptional: true },
          ]}
          send={({ text }, header) => {
            const wish = text('wish');
            const { right, channel } = { right: text('right'), channel: text('channel') } as Pick<Schemas['NewRightsRequest'], 'right' | 'channel'>;
            const body = { record: { kind: 'need' as const, id: needId }, right, channel, ...(wish !== undefined && { wish }) };
            return read(api.POST('/api/v1/rights-requests', { params: { header }, body }));
          }}
          done={({ id }) => void navigate(`/needs/rights?id=${id}`)}
          close={() => setOpen(false)}
        />
      )}
    </>
  );
}
