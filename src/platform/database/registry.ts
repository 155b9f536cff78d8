/** 0 public · 1 internal · 2 personal · 3 sensitive personal data (PIPL art. 28). */
export type Sensitivity = 0 | 1 | 2 | 3;

export type Mask = 'none' | 'name' | 'phone' | 'idNumber' | 'account' | 'address' | 'freeText';

/** Why a column exists, on which legal basis, for how long, and how it is shown. */
export interface FieldNote {
  readonly sensitivity: Sensitivity;
  readonly purpose: string;
  readonly basis: 'contract' | 'statutoryDuty' | 'consent' | 'publicInterest' | 'none';
  /** Months after the case closes; null = as long as the record itself. */
  readonly retentionMonths: number | null;
  readonly mask: Mask;
}

/** Codes, keys, states, numbers as text: no person in it. */
export const CODE: FieldNote = { sensitivity: 0, purpose: 'record', basis: 'none', retentionMonths: null, mask: 'none' };

/** Working text of the office that names no person. */
export const INTERNAL: FieldNote = { ...CODE, sensitivity: 1, purpose: 'office work' };

export interface RegisteredField {
  readonly entity: Function;
  readonly property: string;
  readonly column: string | undefined;
  readonly note: FieldNote;
}

const fields: RegisteredField[] = [];

export function register(entity: Function, property: string, column: string | undefined, note: FieldNote): void {
  fields.push({ entity, property, column, note });
}

export function registeredFields(): readonly RegisteredField[] {
  return fields;
}
