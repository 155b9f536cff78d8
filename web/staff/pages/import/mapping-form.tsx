import { useState } from 'react';
import { Button, Checkbox, Input, Select } from 'antd';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { ErrorSummary, type FieldErrors } from '../../blocks/form/error-summary.tsx';
import { Field } from '../../blocks/form/field.tsx';
import styles from '../../blocks/form/form.module.css';
import { Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import type { Schemas } from '../../me.ts';
import { FIELDS, isMoney, useFieldName, type Kind } from './kinds.ts';
import { isChoice, Meanings, useMeaning } from './meanings.tsx';
import { Sample } from './sample.tsx';
import { texts } from './texts.ts';

type Preview = Schemas['ImportPreview'];
type Mapped = Schemas['ImportMapping']['fields'][number];

interface Props {
  readonly kind: Kind;
  readonly preview: Preview;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
}

const UNITS = ['元', '千元', '万元', '亿元'] as const;
const blank = (field: string): Mapped => ({ field, headings: [], unit: null, values: {}, fixed: null, first: false });

/** Which column holds which field; remembered for every table with these headings. */
export function MappingForm({ kind, preview, onDone, onCancel }: Props) {
  const t = useTexts(texts);
  const fieldName = useFieldName();
  const meaning = useMeaning();
  const { suggestion, mapping } = preview;
  const [source, setSource] = useState(mapping?.source ?? suggestion.source ?? '');
  const [fields, setFields] = useState<readonly Mapped[]>(suggestion.fields);
  const [errors, setErrors] = useState<FieldErrors>({});
  const confirm = useCommand(
    (content: { source: string; fields: Mapped[]; identity: string[] }, key) =>
      mapping
        ? read(
            api.PUT('/api/v1/import-mappings/{kind}/{id}', {
              params: { path: { kind, id: mapping.id }, header: { ...key, 'If-Match': `"${mapping.version}"` } },
              body: content,
            }),
          )
        : read(api.POST('/api/v1/import-mappings', { params: { header: key }, body: { kind, fingerprint: suggestion.fingerprint, ...content } })),
    () => {
      announceDone(`✓ ${t('confirmed')}`);
      onDone();
    },
  );
  const known = (field: string): Mapped => fields.find((it) => it.field === field) ?? blank(field);
  const put = (next: Mapped): void => setFields([...fields.filter(({ field }) => field !== next.field), next]);
  const options = preview.columns.filter(({ by }) => by !== 'personal').map(({ column, heading }) => ({ value: heading, label: `${column} ${heading}` }));
  const submit = (): void => {
    const found = source.trim() === '' ? { 'mapping-source': t('sourceMissing') } : {};
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const kept = fields.filter(({ headings, fixed }) => headings.length > 0 || fixed !== null);
    void confirm.run({ source: source.trim(), fields: kept, identity: [...suggestion.identity] });
  };
  return (
    <Section title={t('columns')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {confirm.problem && <Refusal error={confirm.problem} />}
        <ErrorSummary errors={errors} />
        <Field name="mapping-source" label={t('source')} hint={t('sourceHint')} error={errors['mapping-source']}>
          {(inside) => <Input {...inside} maxLength={60} value={source} onChange={({ target }) => setSource(target.value)} />}
        </Field>
        <div className={styles['fields']}>
          {FIELDS[kind].map((field) => {
            const mapped = known(field);
            return (
              <Field
                key={field}
                name={`mapping-${field}`}
                label={fieldName(field)}
                {...(mapped.fixed !== null && { hint: `${t('fixed')} ${meaning(field, mapped.fixed)}` })}
              >
                {(inside) => (
                  <>
                    <Select
                      {...inside}
                      mode="multiple"
                      placeholder={t('notRead')}
                      showSearch={{ optionFilterProp: 'label' }}
                      value={[...mapped.headings]}
                      options={options}
                      onChange={(headings) => put({ ...mapped, headings })}
                    />
                    {isMoney(field) && mapped.headings.length > 0 && (
                      <Select
                        aria-label={`${fieldName(field)} ${t('unit')}`}
                        value={mapped.unit ?? ''}
                        options={[{ value: '', label: t('byCell') }, ...UNITS.map((value) => ({ value, label: value }))]}
                        onChange={(value) => put({ ...mapped, unit: UNITS.find((it) => it === value) ?? null })}
                      />
                    )}
                    {mapped.headings.length > 1 && (
                      <Checkbox checked={mapped.first} onChange={({ target }) => put({ ...mapped, first: target.checked })}>
                        {t('first')}
                      </Checkbox>
                    )}
                    {isChoice(field) && mapped.headings.length > 0 && (
                      <Meanings field={field} label={fieldName(field)} values={mapped.values} change={(values) => put({ ...mapped, values })} />
                    )}
                  </>
                )}
              </Field>
            );
          })}
        </div>
        <div className={styles['buttons']}>
          <Button type="primary" htmlType="submit" loading={confirm.isRunning}>
            {t('confirm')}
          </Button>
          {onCancel && <Button onClick={onCancel}>{t('cancel')}</Button>}
        </div>
      </form>
      <Sample preview={preview} />
    </Section>
  );
}
