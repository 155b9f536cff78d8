import { useNavigate, useSearchParams } from 'react-router';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { NeedsNav } from '../../blocks/needs-nav.tsx';
import { Page } from '../../blocks/page.tsx';
import { Segments } from '../../blocks/segments.tsx';
import { holds, useMe } from '../../me.ts';
import { Earlier } from './earlier.tsx';
import { KINDS, PERMISSIONS } from './kinds.ts';
import { OneFile } from './one-file.tsx';
import styles from './page.module.css';
import { texts } from './texts.ts';

export default function ImportPage() {
  const t = useTexts(texts);
  const me = useMe();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const kinds = KINDS.filter((kind) => holds(me, PERMISSIONS[kind]));
  const kind = kinds.find((it) => it === search.get('kind')) ?? kinds[0] ?? 'needs';
  return (
    <Page title={t('title')} lead={t('lead')}>
      <NeedsNav />
      <div className={styles['kinds']}>
        <span aria-hidden="true">{t('kind')}</span>
        <Segments
          label={t('kind')}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          change={(value) => void navigate(`/needs/import?kind=${value}`, { replace: true })}
        />
      </div>
      <OneFile key={kind} kind={kind} />
      <Earlier kind={kind} />
    </Page>
  );
}
