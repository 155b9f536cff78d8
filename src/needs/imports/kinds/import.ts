import type { ColumnRules } from '../../../platform/tables/records.ts';
import { NEED_COLUMNS } from '../../need/import.ts';
import { OFFER_COLUMNS } from '../../offer/import.ts';
import { PROPOSAL_COLUMNS } from '../../proposal/import.ts';
import type { ImportKind } from '../model.ts';

/** The fields of each kind of file. */
export const RULES: Readonly<Record<ImportKind, ColumnRules>> = { needs: NEED_COLUMNS, offers: OFFER_COLUMNS, proposals: PROPOSAL_COLUMNS };
