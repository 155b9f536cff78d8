import { Link, useParams } from 'react-router';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { CodeForm } from '../../blocks/code-form.tsx';
import { useTitle } from '../../blocks/use-title.ts';
import { Followed } from './followed.tsx';
import { texts } from './texts.ts';

export default function FollowPage() {
  const t = useTexts(texts);
  useTitle(t('title'));
  const { code } = useParams();
  return (
    <>
      <h1>{t('title')}</h1>
      {code === undefined ? (
        <>
          <CodeForm label={t('code')} hint={t('codeHint')} missing={t('codeMissing')} action={t('look')} to="/p/follow" />
          <p>
            <Link to="/p/objection">{t('objection')}</Link>
          </p>
        </>
      ) : (
        <Followed code={code} />
      )}
    </>
  );
}
