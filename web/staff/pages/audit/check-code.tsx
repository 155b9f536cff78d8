import { useState } from 'react';
import { Input } from 'antd';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Section } from '../../blocks/page.tsx';
import { texts } from './texts.ts';

/** Residents check a document's code on a page of their own; the office uses the same one. */
export function CheckCode() {
  const t = useTexts(texts);
  const [isMissing, setMissing] = useState(false);
  return (
    <Section title={t('check')}>
      <Input.Search
        style={{ maxWidth: '24rem' }}
        aria-label={t('code')}
        placeholder={t('code')}
        enterButton={t('checkDo')}
        onSearch={(code) => {
          setMissing(code.trim() === '');
          if (code.trim() !== '') location.assign(`/p/verify/${encodeURIComponent(code.trim())}`);
        }}
      />
      {isMissing && <p role="alert">{t('codeMissing')}</p>}
      <p>{t('checkWhy')}</p>
    </Section>
  );
}
