import { useRef } from 'react';
import { Button, Input, type InputRef } from 'antd';
import { Link } from 'react-router';
import { fileUrl } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Section } from '../../blocks/page.tsx';
import type { Survey } from '../../blocks/survey-words.ts';
import { announceDone } from '../../blocks/undo.tsx';
import { holds, useMe } from '../../me.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';

/** How residents come to the form, and how answers come in otherwise. */
export function Share({ survey: { id, publicLink } }: { readonly survey: Survey }) {
  const t = useTexts(texts);
  const me = useMe();
  const field = useRef<InputRef>(null);
  const copy = async (): Promise<void> => {
    field.current?.select();
    // Offices run it on plain http in their own network, where browsers have no clipboard but the old command.
    const isCopied = navigator.clipboard ? await navigator.clipboard.writeText(publicLink).then(() => true, () => false) : document.execCommand('copy');
    if (isCopied) announceDone(`✓ ${t('copied')}`);
  };
  return (
    <Section title={t('share')}>
      <div className={styles['share']}>
        <Input ref={field} className={styles['link'] ?? ''} readOnly aria-label={t('link')} value={publicLink} onFocus={({ target }) => target.select()} />
        <Button onClick={() => void copy()}>{t('copy')}</Button>
        <a href={fileUrl(`/api/v1/surveys/${id}/poster`)} target="_blank" rel="noreferrer">
          {t('poster')}
        </a>
        {holds(me, 'needs.triage') && <Link to={`/needs/surveys/${id}/answer`}>{t('answer')}</Link>}
        {holds(me, 'needs.triage') && <Link to="/needs/import?kind=needs">{t('importTable')}</Link>}
      </div>
    </Section>
  );
}
