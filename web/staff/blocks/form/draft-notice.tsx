import { dateAndTime } from '../../../shared/format/time.ts';
import { defineTexts } from '../../../shared/texts/i18n.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../button.tsx';
import styles from './form.module.css';
import type { ServerDraft } from './use-server-draft.ts';

const texts = defineTexts('staff/blocks/form/draft-notice', {
  here: { zh: '另一台设备保存的较新，已为您打开。本机{{time}}写的还在。', en: 'Another device saved a newer draft, which is shown. What you wrote here at {{time}} is kept.' },
  elsewhere: { zh: '本机写的较新，已保留。另一台设备{{time}}保存过一份。', en: 'What you wrote here is newer and is shown. Another device saved a draft at {{time}}.' },
  takeHere: { zh: '改用本机写的', en: 'Use the one written here' },
  takeElsewhere: { zh: '改用那一份', en: 'Use that one' },
  leave: { zh: '就用现在的', en: 'Keep what is shown' },
});

/** Two devices have written: the newest is shown, the other can be taken. */
export function DraftNotice({ draft: { other, takeOther, leaveOther } }: { readonly draft: Pick<ServerDraft<unknown>, 'other' | 'takeOther' | 'leaveOther'> }) {
  const t = useTexts(texts);
  if (!other) return null;
  const time = dateAndTime(other.savedAt);
  return (
    <div role="status" className={styles['draft']}>
      <p>{t(other.written === 'here' ? 'here' : 'elsewhere', { time })}</p>
      <Button onClick={takeOther}>{t(other.written === 'here' ? 'takeHere' : 'takeElsewhere')}</Button> <Button onClick={leaveOther}>{t('leave')}</Button>
    </div>
  );
}
