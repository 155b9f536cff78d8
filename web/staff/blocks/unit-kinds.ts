import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';

const texts = defineTexts('staff/blocks/unit-kinds', {
  'kind.subdistrictOffice': { zh: '街道办事处', en: 'Subdistrict office' },
  'kind.community': { zh: '社区', en: 'Community' },
  'kind.coBuildingUnit': { zh: '共建单位', en: 'Co-building unit' },
  'kind.socialOrganization': { zh: '社会组织', en: 'Social organisation' },
  'kind.bureau': { zh: '职能部门', en: 'Bureau' },
});

export const UNIT_KINDS = ['subdistrictOffice', 'community', 'coBuildingUnit', 'socialOrganization', 'bureau'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** Beside the tree of offices and communities; they reach communities through memberships. */
export const PARTNERS: readonly UnitKind[] = ['coBuildingUnit', 'socialOrganization', 'bureau'];

export function useUnitKindName(): (kind: UnitKind) => string {
  const t = useTexts(texts);
  return (kind) => t(`kind.${kind}`);
}
