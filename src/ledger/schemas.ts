import { z } from 'zod';
import { pageFields, pageOf } from '../platform/http/cursor.ts';

const Book = z.enum(['money', 'inKind', 'hours', 'unitRating', 'volunteer']);

export const AccountsQuery = z.strictObject({
  /** What the accounts are about: a project, an award, a unit or a community. */
  subjectId: z.uuid(),
});

export const AccountView = z.strictObject({
  id: z.uuid(),
  book: Book,
  name: z.string(),
  kind: z.string(),
  subjectId: z.string(),
  partyId: z.string().nullable(),
  /** In the book's unit: fen, minutes or points. */
  posted: z.number().int(),
  held: z.number().int(),
});

export const AccountList = z.strictObject({ items: z.array(AccountView) });

export const StatementQuery = z.strictObject(pageFields);

export const TransferView = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['post', 'hold', 'settle', 'void']),
  book: Book,
  debit: z.string(),
  credit: z.string(),
  amount: z.number().int(),
  holdId: z.uuid().nullable(),
  memo: z.string(),
  at: z.string(),
});

export const StatementPage = pageOf(TransferView).extend({ account: AccountView });
