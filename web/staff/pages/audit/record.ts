import { pageOfCase } from '../../blocks/case-address.ts';

export interface Recorded {
  readonly id: string;
  readonly at: string;
  readonly hash: string;
  readonly action: string;
  readonly subject: string;
  readonly outcome: string;
  readonly actor: string | undefined;
  readonly person: string | undefined;
  readonly behalfOf: string | undefined;
  readonly changes: Readonly<Record<string, unknown>>;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** The stored record is open: later versions hold more, earlier ones less. */
export function recordOf(id: string, at: string, hash: string, record: Readonly<Record<string, unknown>>): Recorded {
  const actor = objectOf(record['actor']);
  return {
    id,
    at,
    hash,
    action: textOf(record['action']) ?? '',
    subject: textOf(record['subject']) ?? '',
    outcome: textOf(record['outcome']) ?? '',
    actor: textOf(actor['id']),
    person: textOf(actor['person']),
    behalfOf: textOf(actor['for']),
    changes: objectOf(record['changes']),
  };
}

/** `role: 旧→新` where a record names both, else `role: 新`. */
export function changesOf(changes: Readonly<Record<string, unknown>>): string {
  return Object.entries(changes)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join('；');
}

/** The page of what it happened to, where there is one. */
export function pageOfSubject(subject: string): string | undefined {
  const [, kind = '', id = ''] = /^([a-z]+)[:/](.+)$/i.exec(subject) ?? [];
  switch (kind) {
    case 'person':
      return `/admin/accounts/${id}`;
    case 'unit':
      return `/admin/units/${id}`;
    case 'policy':
      return `/policy?kind=${id}&all=true`;
    case 'case':
      return pageOfCase(id);
    default:
      return pageOfCase(`${kind}/${id}`);
  }
}
