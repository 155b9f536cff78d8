import { useState } from 'react';
import { Button, Input, Select } from 'antd';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { CATEGORIES, CHANNELS, CONSENTS, URGENCIES, useNeedsWords } from '../../blocks/needs-words.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';

const CHOICES = {
  category: ['category', CATEGORIES],
  categories: ['category', CATEGORIES],
  capability: ['category', CATEGORIES],
  urgency: ['urgency', URGENCIES],
  channel: ['channel', CHANNELS],
  consent: ['consent', CONSENTS],
} as const;

type ChoiceField = keyof typeof CHOICES;

export const isChoice = (field: string): field is ChoiceField => field in CHOICES;

/** A code in the reader's words. */
export function useMeaning(): (field: string, code: string) => string {
  const words = useNeedsWords();
  return (field, code) => (isChoice(field) ? words(CHOICES[field][0], code) : code);
}

interface Props {
  readonly field: ChoiceField;
  readonly label: string;
  /** What the table says → the code it means. */
  readonly values: Readonly<Record<string, string>>;
  readonly change: (values: Readonly<Record<string, string>>) => void;
}

/** What a table's own wording means, where it is not one of the names that are known anyway. */
export function Meanings({ field, label, values, change }: Props) {
  const t = useTexts(texts);
  const meaning = useMeaning();
  const [said, setSaid] = useState('');
  const options = CHOICES[field][1].map((value) => ({ value: value as string, label: meaning(field, value) }));
  const without = (gone: string): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(values).filter(([key]) => key !== gone));
  return (
    <div role="group" aria-label={t('meanings', { field: label })} className={styles['meanings']}>
      {Object.entries(values).map(([key, code]) => (
        <div key={key} className={styles['meaning']}>
          <span>{key} →</span>
          <Select aria-label={t('means', { said: key })} value={code} options={options} onChange={(next) => change({ ...values, [key]: next })} />
          <Button aria-label={t('forget', { said: key })} onClick={() => change(without(key))}>
            ✕
          </Button>
        </div>
      ))}
      <div className={styles['meaning']}>
        <Input aria-label={t('said', { field: label })} placeholder={t('said', { field: label })} maxLength={100} value={said} onChange={({ target }) => setSaid(target.value)} />
        <Button
          onClick={() => {
            const [first] = options;
            if (said.trim() === '' || !first) return;
            change({ ...values, [said.trim()]: first.value });
            setSaid('');
          }}
        >
          {t('addMeaning')}
        </Button>
      </div>
    </div>
  );
}
