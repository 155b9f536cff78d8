import { Button, Input } from 'antd';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Pick } from '../form/pick.tsx';
import styles from './data-list.module.css';
import { texts } from './texts.ts';

interface Props {
  readonly action: string;
  /** What has to be written: 理由. */
  readonly asks: string;
  /** What has to be chosen beside it: 单位. */
  readonly picks: { readonly label: string; readonly options: readonly { readonly value: string; readonly label: string }[] } | undefined;
  readonly said: string;
  readonly say: (text: string) => void;
  readonly picked: string | undefined;
  readonly pick: (value: string) => void;
  readonly isRunning: boolean;
  readonly send: () => void;
  readonly close: () => void;
}

/** Asked once for all chosen rows. */
export default function BatchAsking({ action, asks, picks, said, say, picked, pick, isRunning, send, close }: Props) {
  const t = useTexts(texts);
  return (
    <form
      className={styles['asked']}
      onSubmit={(event) => {
        event.preventDefault();
        if (said.trim() !== '' && (!picks || picked !== undefined)) send();
      }}
    >
      {picks && (
        <label>
          {picks.label}{' '}
          <Pick className={styles['pick'] ?? ''} showSearch={{ optionFilterProp: 'label' }} {...(picked !== undefined && { value: picked })} options={[...picks.options]} onChange={pick} />
        </label>
      )}
      <label>
        {asks} <Input autoFocus={!picks} required maxLength={2000} value={said} onChange={({ target }) => say(target.value)} />
      </label>
      <Button htmlType="submit" loading={isRunning}>
        {action}
      </Button>
      <Button onClick={close}>{t('cancel')}</Button>
    </form>
  );
}
