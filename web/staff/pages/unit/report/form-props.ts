import type { Draft } from '../../../../shared/api/drafts.ts';
import type { Reporting } from './reading.ts';
import type { Photos } from '../../../blocks/photos/use-photos.ts';
import type { Values } from './values.ts';

/** What the questions and the page on which they are checked share. */
export interface FormProps {
  readonly reporting: Reporting;
  readonly owed: NonNullable<Reporting['owed']>;
  readonly draft: Draft<Values>;
  readonly photos: Photos;
}
