import type { ServerDraft } from '../../../blocks/form/use-server-draft.ts';
import type { Reporting } from './reading.ts';
import type { Photos } from '../../../blocks/photos/use-photos.ts';
import type { Values } from './values.ts';

/** What the questions and the page on which they are checked share. */
export interface FormProps {
  readonly reporting: Reporting;
  readonly owed: NonNullable<Reporting['owed']>;
  readonly draft: ServerDraft<Values>;
  readonly photos: Photos;
}
