import { useState } from 'react';
import { Button, Input, Modal } from 'antd';
import { api, read } from '../../shared/api/client.ts';
import { useCommand } from '../../shared/api/command.ts';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { holds, useMe, type Schemas } from '../me.ts';
import { Field } from './form/field.tsx';
import { Refusal } from './problem.tsx';

const texts = defineTexts('staff/blocks/reveal', {
  'show.name': { zh: '查看全名…', en: 'Show the name…' },
  'show.phone': { zh: '查看号码…', en: 'Show the number…' },
  title: { zh: '查看完整信息', en: 'Look behind the mask' },
  reason: { zh: '为什么要看', en: 'Why' },
  hint: { zh: '谁、何时、看了哪一项、为什么，都有记录，审计人员可查。', en: 'Who looked at what, when and why is on record for the auditors.' },
  missing: { zh: '请写明原因（至少 4 个字）', en: 'Say why (at least 4 letters)' },
  look: { zh: '查看', en: 'Show' },
  cancel: { zh: '取消', en: 'Cancel' },
  none: { zh: '没有留存', en: 'Nothing is kept' },
  left: { zh: '今天还可查看 {{count}} 项', en: { one: '{{count}} more today', other: '{{count}} more today' } },
});

interface Props {
  readonly record: Schemas['RevealRequest']['record'];
  readonly field: Schemas['RevealRequest']['field'];
}

const LEAST = 4;

/** One masked field in full, for who gives a reason. It is gone again when the page is left. */
export function Reveal({ record, field }: Props) {
  const t = useTexts(texts);
  const me = useMe();
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [isShort, setShort] = useState(false);
  const [seen, setSeen] = useState<Schemas['RevealedField']>();
  const look = useCommand(
    (why: string, header) => read(api.POST('/api/v1/reveals', { params: { header }, body: { record, field, reason: why } })),
    (revealed) => {
      setSeen(revealed);
      setAsking(false);
    },
  );
  if (!holds(me, 'people.reveal')) return null;
  if (seen) {
    return (
      <span role="status">
        {seen.value ?? t('none')}（{t('left', { count: seen.left })}）
      </span>
    );
  }
  const ask = (): void => {
    const why = reason.trim();
    setShort(why.length < LEAST);
    if (why.length >= LEAST) void look.run(why);
  };
  return (
    <>
      <Button type="link" size="small" onClick={() => setAsking(true)}>
        {t(`show.${field}`)}
      </Button>
      <Modal
        title={t('title')}
        open={isAsking}
        okText={t('look')}
        cancelText={t('cancel')}
        okButtonProps={{ loading: look.isRunning }}
        onOk={ask}
        onCancel={() => setAsking(false)}
        destroyOnHidden
      >
        {look.problem && <Refusal error={look.problem} />}
        <Field name={`reveal-${field}`} label={t('reason')} hint={t('hint')} error={isShort ? t('missing') : undefined}>
          {(inside) => <Input {...inside} maxLength={200} value={reason} onChange={({ target }) => setReason(target.value)} onPressEnter={ask} />}
        </Field>
      </Modal>
    </>
  );
}
