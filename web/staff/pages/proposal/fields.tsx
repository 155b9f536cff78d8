import { Checkbox, Input, Select } from 'antd';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { useBodies, useCommunities } from '../../blocks/communities.ts';
import type { FieldErrors } from '../../blocks/form/error-summary.tsx';
import { Field } from '../../blocks/form/field.tsx';
import styles from '../../blocks/form/form.module.css';
import { OthersHint } from '../../blocks/form/others-hint.tsx';
import { Pick } from '../../blocks/form/pick.tsx';
import { CATEGORIES, useNeedsWords, useOptions } from '../../blocks/needs-words.ts';
import { useUnitName } from '../../blocks/units.ts';
import { texts } from './texts.ts';
import { useNeedsOf } from './use-needs.ts';
import { knownFrom, type Values } from './values.ts';

interface Props {
  readonly values: Values;
  readonly change: (part: Partial<Values>) => void;
  readonly errors: FieldErrors;
  readonly others: Partial<Values>;
  readonly isNew: boolean;
}

export function ProposalFields({ values, change, errors, others, isNew }: Props) {
  const t = useTexts(texts);
  const words = useNeedsWords();
  const unitName = useUnitName();
  const communities = useCommunities('needs.triage');
  const bodies = useBodies();
  const categories = useOptions('category', CATEGORIES);
  const plain = (key: 'title' | 'description' | 'budget' | 'hours' | 'people' | 'fromOn' | 'untilOn') =>
    others[key] === undefined ? {} : { hint: <OthersHint value={others[key]} /> };
  const input = (key: 'title' | 'budget' | 'hours' | 'people' | 'fromOn' | 'untilOn') => ({
    value: values[key],
    onChange: ({ target }: { readonly target: { readonly value: string } }) => change({ [key]: target.value }),
  });
  const ofCategory = (key: 'category' | 'capability') =>
    others[key] === undefined ? {} : { hint: <OthersHint value={words('category', others[key])} /> };
  return (
    <>
      {isNew && (
        <Field name="proposal-community" label={t('community')} error={errors['proposal-community']}>
          {(inside) => (
            <Pick
              {...inside}
              placeholder={t('choose')}
              {...(values.communityId !== '' && { value: values.communityId })}
              options={[...communities]}
              onChange={(communityId) => change({ communityId, needIds: [] })}
            />
          )}
        </Field>
      )}
      <Field name="proposal-title" label={t('name')} error={errors['proposal-title']} {...plain('title')}>
        {(inside) => <Input {...inside} maxLength={100} {...input('title')} />}
      </Field>
      <Field name="proposal-description" label={t('description')} error={errors['proposal-description']} {...plain('description')}>
        {(inside) => (
          <Input.TextArea {...inside} rows={4} maxLength={2000} value={values.description} onChange={({ target }) => change({ description: target.value })} />
        )}
      </Field>
      <NeedsField values={values} change={change} error={errors['proposal-needs']} others={others.needIds} />
      <div className={styles['fields']}>
        <Field name="proposal-category" label={t('category')} {...ofCategory('category')}>
          {(inside) => (
            <Select
              {...inside}
              value={values.category}
              options={[...categories]}
              onChange={(category) => change({ category, ...(values.capability === values.category && { capability: category }) })}
            />
          )}
        </Field>
        <Field name="proposal-capability" label={t('capability')} {...ofCategory('capability')}>
          {(inside) => <Select {...inside} value={values.capability} options={[...categories]} onChange={(capability) => change({ capability })} />}
        </Field>
        <Field name="proposal-budget" label={t('budget')} error={errors['proposal-budget']} {...plain('budget')}>
          {(inside) => <Input {...inside} inputMode="decimal" {...input('budget')} />}
        </Field>
        <Field name="proposal-hours" label={t('hours')} error={errors['proposal-hours']} {...plain('hours')}>
          {(inside) => <Input {...inside} inputMode="numeric" {...input('hours')} />}
        </Field>
        <Field name="proposal-people" label={t('people')} error={errors['proposal-people']} {...plain('people')}>
          {(inside) => <Input {...inside} inputMode="numeric" {...input('people')} />}
        </Field>
        <Field name="proposal-from" label={t('from')} error={errors['proposal-from']} {...plain('fromOn')}>
          {(inside) => <Input {...inside} type="date" {...input('fromOn')} />}
        </Field>
        <Field name="proposal-until" label={t('until')} error={errors['proposal-until']} {...plain('untilOn')}>
          {(inside) => <Input {...inside} type="date" {...input('untilOn')} />}
        </Field>
      </div>
      <Field
        name="proposal-implementer"
        label={t('implementer')}
        {...(others.implementerId !== undefined && { hint: <OthersHint value={others.implementerId === '' ? '' : unitName(others.implementerId)} /> })}
      >
        {(inside) => (
          <Pick
            {...inside}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            {...(values.implementerId !== '' && { value: values.implementerId })}
            options={[...bodies]}
            onChange={(implementerId: string | undefined) => change({ implementerId: implementerId ?? '' })}
          />
        )}
      </Field>
      <p>
        <Checkbox checked={values.sharedProperty} onChange={({ target }) => change({ sharedProperty: target.checked })}>
          {t('shared')}
        </Checkbox>{' '}
        {others.sharedProperty !== undefined && <OthersHint value={t(others.sharedProperty ? 'yes' : 'no')} />}
      </p>
    </>
  );
}

interface NeedsProps {
  readonly values: Values;
  readonly change: (part: Partial<Values>) => void;
  readonly error: string | undefined;
  readonly others: readonly string[] | undefined;
}

function NeedsField({ values, change, error, others }: NeedsProps) {
  const t = useTexts(texts);
  const { communityId, needIds } = values;
  const needs = useNeedsOf(communityId);
  const nameOf = (id: string): string => {
    const need = needs.data?.get(id);
    return need ? `${need.number} ${need.publicText ?? ''}` : '…';
  };
  const options = [...(needs.data?.values() ?? [])]
    .filter(({ id, state }) => state === 'triaged' || needIds.includes(id))
    .map(({ id }) => ({ value: id, label: nameOf(id) }));
  const found = (ids: readonly string[]) => ids.flatMap((id) => needs.data?.get(id) ?? []);
  const hint = others ? <OthersHint value={others.map(nameOf).join('；')} /> : communityId === '' ? t('needsFirst') : t('needsHint');
  return (
    <Field name="proposal-needs" label={t('needs')} hint={hint} error={error}>
      {(inside) => (
        <Pick
          {...inside}
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          disabled={communityId === ''}
          loading={needs.isLoading}
          value={[...needIds]}
          options={options.length > 0 ? options : needIds.map((id) => ({ value: id, label: nameOf(id) }))}
          onChange={(chosen) => change({ needIds: chosen, ...knownFrom(values, found(needIds), found(chosen)) })}
        />
      )}
    </Field>
  );
}
