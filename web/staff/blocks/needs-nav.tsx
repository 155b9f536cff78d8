import { NavLink } from 'react-router';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { holds, useMe } from '../me.ts';
import styles from './needs-nav.module.css';

const texts = defineTexts('staff/blocks/needs-nav', {
  label: { zh: '需求工作', en: 'Work on needs' },
  needs: { zh: '需求', en: 'Needs' },
  triage: { zh: '梳理', en: 'Triage' },
  surveys: { zh: '摸底', en: 'Surveys' },
  submissions: { zh: '来件', en: 'Submissions' },
  rights: { zh: '个人信息申请', en: 'Own data' },
  proposals: { zh: '方案', en: 'Proposals' },
  offers: { zh: '资源', en: 'Offers' },
  import: { zh: '导入', en: 'Import' },
});

const PLACES = [
  { label: 'needs', to: '/needs', permission: 'people.read' },
  { label: 'triage', to: '/needs/triage', permission: 'needs.triage' },
  { label: 'surveys', to: '/needs/surveys', permission: 'people.read' },
  { label: 'submissions', to: '/needs/submissions', permission: 'people.read' },
  { label: 'rights', to: '/needs/rights', permission: 'people.read' },
  { label: 'proposals', to: '/needs/proposals', permission: 'people.read' },
  { label: 'offers', to: '/offers', permission: 'offers.read' },
  { label: 'import', to: '/needs/import', permission: 'needs.triage' },
] as const;

/** From one of the needs pages to the others. */
export function NeedsNav() {
  const t = useTexts(texts);
  const me = useMe();
  return (
    <nav className={`${styles['nav']} no-print`} aria-label={t('label')}>
      {PLACES.filter(({ permission }) => holds(me, permission)).map(({ label, to }) => (
        <NavLink key={to} to={to} end>
          {t(label)}
        </NavLink>
      ))}
    </nav>
  );
}
