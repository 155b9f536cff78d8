import { useTexts } from '../../../shared/texts/use-texts.ts';
import { CodeShown } from '../code-shown.tsx';
import { texts } from './texts.ts';

/** After a resident's form. */
export function Sent({ code }: { readonly code: string }) {
  const t = useTexts(texts);
  return (
    <CodeShown title={t('doneTitle')} label={t('code')} code={code} to={`/p/follow/${code}`}>
      <p>{t('next')}</p>
    </CodeShown>
  );
}
