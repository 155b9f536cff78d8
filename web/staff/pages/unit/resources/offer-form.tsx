import { useState } from 'react';
import { Button, Input, Select } from 'antd';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import type { Say } from '../../../../shared/texts/use-texts.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { fenOf, typedYuan, wholeOf } from '../../../blocks/form/amounts.ts';
import { ErrorSummary, type FieldErrors } from '../../../blocks/form/error-summary.tsx';
import { Field } from '../../../blocks/form/field.tsx';
import { Pick } from '../../../blocks/form/pick.tsx';
import { useEdited, useReloadWhenStale } from '../../../blocks/form/use-edited.ts';
import { CATEGORIES, useNeedsWords } from '../../../blocks/needs-words.ts';
import { Page, Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { announceDone } from '../../../blocks/undo.tsx';
import { useUnits } from '../../../blocks/units.ts';
import { useToday } from '../../../blocks/workdays.ts';
import type { Schemas } from '../../../me.ts';
import styles from '../unit.module.css';
import { texts } from './texts.ts';

type Offer = Schemas['Offer'];
type TextKey = (typeof texts)['keys'][number];

/** As typed. */
interface Values {
  readonly description: string;
  readonly categories: readonly Offer['categories'][number][];
  readonly communityIds: readonly string[];
  readonly capacity: string;
  readonly funds: string;
  readonly hours: string;
  readonly fromOn: string;
  readonly untilOn: string;
}

function valuesOf(offer: Offer | undefined, today: string): Values {
  if (!offer) return { description: '', categories: [], communityIds: [], capacity: '1', funds: '0', hours: '0', fromOn: today, untilOn: '' };
  const { description, categories, communityIds, capacity, fundsFen, hours, fromOn, untilOn } = offer;
  return { description, categories, communityIds, capacity: String(capacity), funds: typedYuan(fundsFen), hours: String(hours), fromOn, untilOn: untilOn ?? '' };
}

function faultsOf(values: Values, t: Say<TextKey>): FieldErrors {
  return {
    ...(values.description.trim() === '' && { description: t('missingDescription') }),
    ...(values.categories.length === 0 && { categories: t('missingCategories') }),
    ...((wholeOf(values.capacity) ?? 0) < 1 && { capacity: t('missingCapacity') }),
    ...(fenOf(values.funds) === undefined && { funds: t('missingFunds') }),
    ...(wholeOf(values.hours) === undefined && { hours: t('missingHours') }),
    ...(values.fromOn === '' && { fromOn: t('missingFrom') }),
  };
}

function bodyOf(values: Values) {
  return {
    description: values.description.trim(),
    categories: [...values.categories],
    communityIds: [...values.communityIds],
    capacity: wholeOf(values.capacity) ?? 1,
    fundsFen: fenOf(values.funds) ?? 0,
    hours: wholeOf(values.hours) ?? 0,
    fromOn: values.fromOn,
    untilOn: values.untilOn === '' ? null : values.untilOn,
  };
}

interface Props {
  readonly unitId: string;
  readonly offer: Offer | undefined;
  readonly close: () => void;
}

export function OfferForm({ unitId, offer, close }: Props) {
  const t = useTexts(texts);
  const today = useToday();
  const edited = useEdited<Values>(`offer/${offer?.id ?? `new-${unitId}`}`, valuesOf(offer, today));
  const [faults, setFaults] = useState<FieldErrors>({});
  const save = useCommand(
    ({ version, ...body }: ReturnType<typeof bodyOf> & { version: number }, header) =>
      offer
        ? read(api.PATCH('/api/v1/offers/{id}', { params: { path: { id: offer.id }, header: { ...header, 'If-Match': `"${version}"` } }, body }))
        : read(api.POST('/api/v1/offers', { params: { header }, body: { ...body, unitId } })),
    ({ number }) => {
      edited.discard();
      announceDone(t('saved', { number }));
      close();
    },
  );
  useReloadWhenStale(save.problem);
  const { values } = edited;
  const send = (): void => {
    const found = faultsOf(values, t);
    setFaults(found);
    if (Object.keys(found).length === 0) void save.run({ ...bodyOf(values), version: offer?.version ?? 0 });
  };
  return (
    <Page
      title={offer ? t('formEdit', { number: offer.number }) : t('formNew')}
      actions={<Button onClick={close}>{t('cancel')}</Button>}
      primary={
        <Button type="primary" loading={save.isRunning} onClick={send}>
          {t('save')}
        </Button>
      }
    >
      {save.problem && <Refusal error={save.problem} />}
      <ErrorSummary errors={faults} />
      <Section title={t('title')}>
        <div className={styles['form']}>
          <Questions values={values} change={edited.change} faults={faults} />
        </div>
      </Section>
    </Page>
  );
}

interface QuestionsProps {
  readonly values: Values;
  readonly change: (part: Partial<Values>) => void;
  readonly faults: FieldErrors;
}

function Questions({ values, change, faults }: QuestionsProps) {
  const t = useTexts(texts);
  const words = useNeedsWords();
  const units = useUnits();
  const communities = [...(units.data?.values() ?? [])].filter(({ kind }) => kind === 'community');
  const number = (name: 'capacity' | 'funds' | 'hours', inputMode: 'numeric' | 'decimal') => (
    <Field name={name} label={t(name)} error={faults[name]} {...(name !== 'capacity' && { hint: t('zero') })}>
      {(inside) => <Input {...inside} inputMode={inputMode} value={values[name]} onChange={({ target }) => change({ [name]: target.value })} />}
    </Field>
  );
  return (
    <>
      <Field name="description" label={t('description')} hint={t('descriptionHint')} error={faults['description']}>
        {(inside) => (
          <Input.TextArea {...inside} rows={3} maxLength={1000} value={values.description} onChange={({ target }) => change({ description: target.value })} />
        )}
      </Field>
      <Field name="categories" label={t('categories')} error={faults['categories']}>
        {(inside) => (
          <Select
            {...inside}
            mode="multiple"
            value={[...values.categories]}
            options={CATEGORIES.map((value) => ({ value, label: words('category', value) }))}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(categories) => change({ categories })}
          />
        )}
      </Field>
      <Field name="communityIds" label={t('communities')} hint={t('communitiesHint')}>
        {(inside) => (
          <Pick
            {...inside}
            mode="multiple"
            value={[...values.communityIds]}
            options={communities.map(({ id, name }) => ({ value: id, label: name }))}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(communityIds) => change({ communityIds })}
          />
        )}
      </Field>
      {number('capacity', 'numeric')}
      {number('funds', 'decimal')}
      {number('hours', 'numeric')}
      <Field name="fromOn" label={t('from')} error={faults['fromOn']}>
        {(inside) => <Input {...inside} type="date" value={values.fromOn} onChange={({ target }) => change({ fromOn: target.value })} />}
      </Field>
      <Field name="untilOn" label={t('untilLabel')}>
        {(inside) => <Input {...inside} type="date" value={values.untilOn} onChange={({ target }) => change({ untilOn: target.value })} />}
      </Field>
    </>
  );
}
