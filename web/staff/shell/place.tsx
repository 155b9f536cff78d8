import { NavLink } from 'react-router';
import { useTexts } from '../../shared/texts/use-texts.ts';
import type { NavigationItem } from './navigation.ts';
import { texts } from './texts.ts';

export function Place({ item: { label, to }, onFollow }: { readonly item: NavigationItem; readonly onFollow?: () => void }) {
  const t = useTexts(texts);
  return (
    <NavLink to={to} end={to === '/unit'} onClick={onFollow}>
      {t(label)}
    </NavLink>
  );
}
