import { Link, Outlet } from 'react-router';
import { useLargeText } from '../shared/settings/text-size.ts';
import { changeLanguage, defineTexts } from '../shared/texts/i18n.ts';
import { useLanguage, useTexts } from '../shared/texts/use-texts.ts';
import { chooseDistrict, useDistricts } from './blocks/district.ts';
import styles from './frame.module.css';

const texts = defineTexts('public/frame', {
  product: { zh: '社区共建', en: 'Community co-building' },
  skip: { zh: '跳到正文', en: 'Skip to content' },
  largeText: { zh: '大字', en: 'Large text' },
  otherLanguage: { zh: 'English', en: '中文' },
  sample: { zh: '示例数据，不是真实情况', en: 'Sample data, nothing here is real' },
  district: { zh: '地区', en: 'District' },
  staff: { zh: '工作人员登录', en: 'Staff sign in' },
});

/** Around every page of residents: native controls, nothing that moves. */
export function PublicFrame() {
  const t = useTexts(texts);
  const language = useLanguage();
  const [large, setLarge] = useLargeText();
  const { all, chosen } = useDistricts();
  return (
    <div className={styles['frame']}>
      <a className={styles['skip']} href="#content">
        {t('skip')}
      </a>
      <header className={styles['header']}>
        <Link to="/p" className={styles['brand']}>
          {t('product')}
        </Link>
        <button type="button" aria-pressed={large} onClick={() => setLarge(!large)}>
          {t('largeText')}
          {large && ' ✓'}
        </button>
        <button type="button" lang={language === 'en' ? 'zh-CN' : 'en'} onClick={() => void changeLanguage(language === 'en' ? 'zh-CN' : 'en')}>
          {t('otherLanguage')}
        </button>
      </header>
      {chosen?.isSample === true && <p className={styles['sample']}>{t('sample')}</p>}
      <main id="content" tabIndex={-1} className={styles['main']}>
        <Outlet />
      </main>
      <footer className={styles['footer']}>
        {all.length > 1 && chosen && (
          <label className={styles['district']}>
            {t('district')}{' '}
            <select value={chosen.id} onChange={({ target }) => chooseDistrict(target.value)}>
              {all.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <a href="/sign-in">{t('staff')}</a>
      </footer>
    </div>
  );
}
