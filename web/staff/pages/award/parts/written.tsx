import { dateAndTime } from '../../../../shared/format/time.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Section } from '../../../blocks/page.tsx';
import type { Schemas } from '../../../me.ts';
import styles from '../page.module.css';
import { texts } from '../texts.ts';

const TEXTS = ['reason', 'answer', 'purpose'] as const;

/** What people wrote, oldest first: the purpose, refusals, objections and their answers. */
export function Written({ contents }: Pick<Schemas['AwardFile'], 'contents'>) {
  const t = useTexts(texts);
  return (
    <Section title={t('written')}>
      {contents.map(({ id, kind, body, at }) => {
        const said = body as Readonly<Record<string, unknown>>;
        const key = texts.keys.find((it) => it === `written.${kind}`);
        const words = TEXTS.flatMap((name) => (typeof said[name] === 'string' ? [`${name === 'purpose' ? `${t('purpose')}: ` : ''}${said[name]}`] : []));
        return (
          <blockquote key={id} className={styles['written']}>
            <div>
              <strong>{key ? t(key) : kind}</strong> <time dateTime={at}>{dateAndTime(at)}</time>
            </div>
            {words.join('\n')}
          </blockquote>
        );
      })}
    </Section>
  );
}
