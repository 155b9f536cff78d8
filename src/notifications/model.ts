import { fill, type Language, type Texts } from '../kernel/texts.ts';
import type { Instant } from '../kernel/time.ts';

/** An account, or whoever holds a role: in one organisation unit, or (without one) in the whole tenant. */
export type Recipient =
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'role'; readonly role: string; readonly orgUnitId?: string };

/** Numbers, ids, dates and codes: never a name, a phone or what somebody wrote. */
export type MessageParams = Readonly<Record<string, string | number | boolean>>;

export interface Message {
  /** `<case>:<wait>@<step>`: with its recipient it is posted once, however often the step is repeated. */
  readonly key: string;
  readonly recipient: Recipient;
  /** Text key of the area that sends it. */
  readonly text: string;
  readonly params: MessageParams;
  readonly caseId?: string;
  readonly at: Instant;
}

export interface InboxMessage {
  readonly id: string;
  readonly text: string;
  readonly params: MessageParams;
  readonly caseId: string | null;
  readonly at: Instant;
  /** When this reader read it; a message to a role is read by each of its holders. */
  readonly readAt: Instant | null;
}

/** Who reads: an account with the roles it holds. */
export interface Reader {
  readonly accountId: string;
  readonly roles: readonly { readonly role: string; readonly orgUnitId?: string }[];
}

/** Place in an inbox, newest first. */
export interface InboxCursor {
  readonly at: Instant;
  readonly id: string;
}

/** The recipient as one indexed key. */
export function recipientKey(recipient: Recipient): string {
  if (recipient.kind === 'account') return `account:${recipient.accountId}`;
  return recipient.orgUnitId === undefined ? `role:${recipient.role}` : `role:${recipient.role}@${recipient.orgUnitId}`;
}

/** All that this reader receives: their own, each of their roles in its unit, and each role anywhere. */
export function keysOf(reader: Reader): readonly string[] {
  const roles = reader.roles.flatMap((held) => [
    recipientKey({ kind: 'role', role: held.role }),
    recipientKey({ kind: 'role', ...held }),
  ]);
  return [...new Set([recipientKey({ kind: 'account', accountId: reader.accountId }), ...roles])];
}

/** An unknown text key shows as itself: a message of a later version is still better seen than lost. */
export function render(message: Pick<InboxMessage, 'text' | 'params'>, texts: Texts, language: Language): string {
  const text = texts[message.text];
  return text ? fill(text[language], message.params) : message.text;
}
