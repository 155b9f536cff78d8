import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Command } from '../../shared/api/command.ts';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { Button } from './button.tsx';
import styles from './check-page.module.css';
import { Page, Section } from './page.tsx';
import { Refusal } from './problem.tsx';

const texts = defineTexts('staff/blocks/check-page', {
  changes: { zh: '将会改变', en: 'What changes' },
  told: { zh: '将会通知', en: 'Who is told' },
  edit: { zh: '修改', en: 'Change' },
  editWhat: { zh: '修改{{what}}', en: 'Change {{what}}' },
  back: { zh: '返回', en: 'Back' },
  final: { zh: '办理后不能撤销。', en: 'This cannot be undone.' },
});

export interface CheckLine {
  readonly label: string;
  readonly value: ReactNode;
  /** Where it can be changed. */
  readonly edit?: string;
}

interface Props<Input, Result> {
  readonly title: string;
  readonly changes: readonly CheckLine[];
  readonly told: readonly string[];
  readonly action: string;
  readonly command: Command<Input, Result>;
  readonly input: Input;
  readonly back: string;
}

/** Before what cannot be undone (seal, pay, publish, withdraw): everything that changes, who hears of it, and one button. */
export function CheckPage<Input, Result>({ title, changes, told, action, command, input, back }: Props<Input, Result>) {
  const t = useTexts(texts);
  return (
    <Page
      title={title}
      lead={t('final')}
      actions={
        <Link className={styles['back']} to={back}>
          {t('back')}
        </Link>
      }
      primary={
        <Button type="primary" loading={command.isRunning} onClick={() => void command.run(input)}>
          {action}
        </Button>
      }
    >
      {command.problem && <Refusal error={command.problem} />}
      <Section title={t('changes')}>
        <dl className={styles['lines']}>
          {changes.map(({ label, value, edit }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
              {edit !== undefined && (
                <dd>
                  <Link to={edit} aria-label={t('editWhat', { what: label })}>
                    {t('edit')}
                  </Link>
                </dd>
              )}
            </div>
          ))}
        </dl>
      </Section>
      <Section title={t('told')}>
        <ul>
          {told.map((who) => (
            <li key={who}>{who}</li>
          ))}
        </ul>
      </Section>
    </Page>
  );
}
