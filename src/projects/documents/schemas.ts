import { z } from 'zod';
import { PaperQuery } from '../../documents/schemas.ts';

/** Before the agreement is recorded its draft names who is to carry the project out; the lead unit unless told. */
export const AgreementQuery = PaperQuery.extend({ implementerId: z.uuid().optional() });
