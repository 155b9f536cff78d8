import { api, read } from '../../../../shared/api/client.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { CommandDrawer } from '../../../blocks/command-drawer.tsx';
import { fenOf, typedYuan, wholeOf } from '../../../blocks/form/amounts.ts';
import { announceDone } from '../../../blocks/undo.tsx';
import { useUnitName } from '../../../blocks/units.ts';
import { useToday } from '../../../blocks/workdays.ts';
import type { Schemas } from '../../../me.ts';
import { texts } from '../texts.ts';

type Line = Schemas['ProjectFunding']['lines'][number];

interface Props {
  readonly projectId: string;
  readonly line: Line;
  readonly close: () => void;
}

/** What was delivered is looked at, and counts from then on. */
export function VerifyForm({ projectId: id, line: { funderId, book, delivered, verified }, close }: Props) {
  const t = useTexts(texts);
  const unitName = useUnitName();
  const today = useToday();
  const left = delivered - verified;
  return (
    <CommandDrawer
      title={t('verifyTitle', { unit: unitName(funderId) })}
      action={t('verify').replace('…', '')}
      warning={t('verifyWarning')}
      fields={[
        { name: 'amount', label: t(`book.${book}`), kind: 'text', max: 20 },
        { name: 'on', label: t('verifiedOn'), kind: 'day' },
        { name: 'voucher', label: t('voucher'), kind: 'text', max: 200, isOptional: true },
      ]}
      initial={{ amount: book === 'hours' ? String(left) : typedYuan(left), on: today }}
      send={({ text }, header) => {
        const typed = text('amount') ?? '';
        // What is no amount is refused by the server, which says so at the field.
        const amount = (book === 'hours' ? wholeOf(typed) : fenOf(typed)) ?? 0;
        const [on, voucher] = [text('on'), text('voucher')];
        const body = { unitId: funderId, book, amount, ...(on !== undefined && { on }), ...(voucher !== undefined && { voucher }) };
        return read(api.POST('/api/v1/projects/{id}/verify', { params: { path: { id }, header }, body }));
      }}
      done={() => announceDone(`✓ ${t('verified')}`)}
      close={close}
    />
  );
}
