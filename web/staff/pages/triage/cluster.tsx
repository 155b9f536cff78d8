import { dayOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useUnitName } from '../../blocks/units.ts';
import type { Schemas } from '../../me.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';
import { useMerging } from './use-merging.ts';
import type { Need } from './use-queue.ts';

export type Cluster = Schemas['DuplicateCluster'];

/** Side by side: what was raised first, and what seems to say it again. */
export function ClusterCards({ cluster: { oldest, repeats } }: { readonly cluster: Cluster }) {
  const t = useTexts(texts);
  const merging = useMerging();
  return (
    <>
      {merging.problem && <Refusal error={merging.problem} />}
      <div className={styles['pair']}>
        <Card need={oldest} mark={t('oldest')} />
        {repeats.map(({ need, percent }) => (
          <Card key={need.id} need={need} mark={t('likeness', { percent })}>
            <div className={styles['buttons']}>
              <Button type="primary" loading={merging.isRunning} onClick={() => merging.merge(need, oldest)} aria-label={t('mergeThis', { number: oldest.number })}>
                {t('merge')}
              </Button>
              <Button
                disabled={merging.isRunning}
                onClick={() =>
                  merging.dismiss(need.id, [oldest.id, ...repeats.map((it) => it.need.id).filter((id) => id !== need.id)])
                }
              >
                {t('notSame')}
              </Button>
            </div>
          </Card>
        ))}
      </div>
    </>
  );
}

function Card({ need, mark, children }: { readonly need: Need; readonly mark: string; readonly children?: React.ReactNode }) {
  const t = useTexts(texts);
  const unitName = useUnitName();
  return (
    <article className={styles['card']} aria-label={need.number}>
      <p>
        {need.number} <StatusTag standing="soon">{mark}</StatusTag>
      </p>
      <p>
        {need.place !== null && `${need.place}：`}
        {need.publicText ?? t('noText')}
      </p>
      <p className={styles['meta']}>
        {unitName(need.communityId)} · {dayOf(need.raisedAt)}
      </p>
      {children}
    </article>
  );
}
