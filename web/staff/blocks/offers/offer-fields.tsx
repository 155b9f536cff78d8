import { Input, Select } from 'antd';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { useBodies, useCommunities } from '../communities.ts';
import type { FieldErrors } from '../form/error-summary.tsx';
import { Field } from '../form/field.tsx';
import styles from '../form/form.module.css';
import { OthersHint } from '../form/others-hint.tsx';
import { Pick } from '../form/pick.tsx';
import { CATEGORIES, useNeedsWords, useOptions } from '../needs-words.ts';
import { useUnitName } from '../units.ts';
import { texts } from './texts.ts';
import type { OfferValues } from './values.ts';

interface Props {
  readonly values: OfferValues;
  readonly change: (part: Partial<OfferValues>) => void;
  readonly errors: FieldErrors;
  /** What somebody else has changed meanwhile. */
  readonly others: Partial<OfferValues>;
  /** Staff choose for whom they write; a unit writes for itself, and an offer stays its unit's. */
  readonly choosesUnit: boolean;
}

export function OfferFields({ values, change, errors, others, choosesUnit }: Props) {
  const t = useTexts(texts);
  const words = useNeedsWords();
  const unitName = useUnitName();
  const bodies = useBodies();
  const communities = useCommunities();
  const categories = useOptions('category', CATEGORIES);
  const hintOf = (key: 'description' | 'capacity' | 'funds' | 'hours' | 'fromOn' | 'untilOn') =>
    others[key] === undefined ? {} : { hint: <OthersHint value={others[key]} /> };
  return (
    <>
      {choosesUnit && (
        <Field name="offer-unit" label={t('unit')} error={errors['offer-unit']}>
          {(inside) => (
            <Pick
              {...inside}
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('choose')}
              {...(values.unitId !== '' && { value: values.unitId })}
              options={[...bodies]}
              onChange={(unitId) => change({ unitId })}
            />
          )}
        </Field>
      )}
      <Field name="offer-description" label={t('description')} hint={t('descriptionHint')} error={errors['offer-description']} {...hintOf('description')}>
        {(inside) => (
          <Input.TextArea {...inside} rows={3} maxLength={1000} value={values.description} onChange={({ target }) => change({ description: target.value })} />
        )}
      </Field>
      <Field
        name="offer-categories"
        label={t('categories')}
        error={errors['offer-categories']}
        {...(others.categories && { hint: <OthersHint value={others.categories.map((it) => words('category', it)).join('、')} /> })}
      >
        {(inside) => (
          <Select {...inside} mode="multiple" value={[...values.categories]} options={[...categories]} onChange={(chosen) => change({ categories: chosen })} />
        )}
      </Field>
      <Field
        name="offer-communities"
        label={t('communities')}
        hint={others.communityIds ? <OthersHint value={others.communityIds.map(unitName).join('、')} /> : t('communitiesHint')}
      >
        {(inside) => (
          <Pick
            {...inside}
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            value={[...values.communityIds]}
            options={[...communities]}
            onChange={(chosen) => change({ communityIds: chosen })}
          />
        )}
      </Field>
      <div className={styles['fields']}>
        <Field name="offer-capacity" label={t('capacity')} error={errors['offer-capacity']} {...hintOf('capacity')}>
          {(inside) => <Input {...inside} inputMode="numeric" value={values.capacity} onChange={({ target }) => change({ capacity: target.value })} />}
        </Field>
        <Field name="offer-funds" label={t('funds')} error={errors['offer-funds']} {...hintOf('funds')}>
          {(inside) => <Input {...inside} inputMode="decimal" value={values.funds} onChange={({ target }) => change({ funds: target.value })} />}
        </Field>
        <Field name="offer-hours" label={t('hours')} error={errors['offer-hours']} {...hintOf('hours')}>
          {(inside) => <Input {...inside} inputMode="numeric" value={values.hours} onChange={({ target }) => change({ hours: target.value })} />}
        </Field>
        <Field name="offer-from" label={t('from')} error={errors['offer-from']} {...hintOf('fromOn')}>
          {(inside) => <Input {...inside} type="date" value={values.fromOn} onChange={({ target }) => change({ fromOn: target.value })} />}
        </Field>
        <Field name="offer-until" label={t('until')} error={errors['offer-until']} {...hintOf('untilOn')}>
          {(inside) => <Input {...inside} type="date" value={values.untilOn} onChange={({ target }) => change({ untilOn: target.value })} />}
        </Field>
      </div>
    </>
  );
}
