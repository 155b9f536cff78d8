export const KINDS = ['needs', 'resources', 'projects'] as const;
export type Kind = (typeof KINDS)[number];

/** Columns of a frozen list, as the server freezes them. */
export const FROZEN_FIELDS: Readonly<Record<Kind, readonly string[]>> = {
  needs: ['number', 'need', 'place', 'category', 'urgency', 'peopleAffected', 'state'],
  resources: ['number', 'offer', 'unit', 'categories', 'communities', 'capacity', 'fundsFen', 'hours', 'from', 'until'],
  projects: ['number', 'title', 'category', 'capability', 'budgetFen', 'hours', 'from', 'until', 'peopleExpected', 'state'],
};

/** What a reader calls a row by. */
export const HEADING_FIELD: Readonly<Record<Kind, string>> = { needs: 'need', resources: 'offer', projects: 'title' };
