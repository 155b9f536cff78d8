import { Link } from 'react-router';
import { roundMoney, wholeNumber } from '../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Section } from '../../blocks/page.tsx';
import { pageOfDoor } from './doors.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';
import type { Today } from './use-today.ts';

interface Step {
  readonly name: 'raised' | 'listed' | 'claimed' | 'accepted' | 'evaluated' | 'closed';
  readonly count: number;
  readonly door: string;
  /** The step that it is a part of. */
  readonly of?: number;
}

/** Where the loop leaks: how many came how far, each with its share of the step before. */
export function Loop({ today }: { readonly today: Today }) {
  const t = useTexts(texts);
  const steps = stepsOf(today);
  const most = Math.max(1, ...steps.map(({ count }) => count));
  return (
    <Section title={t('loop')}>
      <table className={styles['loop']}>
        <caption className="hidden-text">{t('loop')}</caption>
        <thead className="hidden-text">
          <tr>
            <th scope="col">{t('step')}</th>
            <th scope="col">{t('count')}</th>
            <th scope="col">{t('share')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ name, count, door, of }) => (
            <tr key={name}>
              <th scope="row">{t(`step.${name}`)}</th>
              <td className={styles['bar']}>
                <span aria-hidden="true" style={{ width: `${(count / most) * 100}%` }} />
                <Link to={pageOfDoor(door)}>{wholeNumber(count)} ▸</Link>
              </td>
              <td>{of !== undefined && of > 0 && t('ofBefore', { percent: Math.round((count / of) * 100) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {today.results && <Results results={today.results} />}
    </Section>
  );
}

/** A project answers needs, but is none: the first step of projects is no share of the needs. */
function stepsOf({ needsLoop, loop }: Today): readonly Step[] {
  const { claimed, accepted, evaluated, closed } = loop;
  return [
    ...(needsLoop
      ? [
          { name: 'raised' as const, ...needsLoop.raised },
          { name: 'listed' as const, ...needsLoop.listed, of: needsLoop.raised.count },
        ]
      : []),
    { name: 'claimed', ...claimed },
    { name: 'accepted', ...accepted, of: claimed.count },
    { name: 'evaluated', ...evaluated, of: accepted.count },
    { name: 'closed', ...closed, of: evaluated.count },
  ];
}

function Results({ results: { quarter, fundsFen, problemsSolved, door } }: { readonly results: NonNullable<Today['results']> }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const figures = [
    { label: t('loop.funds', { quarter }), value: roundMoney(fundsFen, language) },
    { label: t('loop.solved', { quarter }), value: wholeNumber(problemsSolved) },
  ];
  return (
    <dl className={styles['figures']}>
      {figures.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <Link to={pageOfDoor(door)}>{value} ▸</Link>
          </dd>
        </div>
      ))}
    </dl>
  );
}
