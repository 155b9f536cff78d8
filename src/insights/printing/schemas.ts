import { z } from 'zod';
import { LoopReportQuery } from '../schemas.ts';

export const LoopReportDocumentQuery = LoopReportQuery.extend({ format: z.enum(['pdf', 'xlsx']).default('pdf') });
