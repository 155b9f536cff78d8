import { z } from 'zod';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import { EXPOSURE_VERDICTS } from './model.ts';

export const ExposureReportBody = z.strictObject({ tenant: z.string().max(31) }).meta({ id: 'ExposureToReport' });

export const ExposureReported = z.object({ reported: z.literal(true) }).meta({ id: 'ExposureReported' });

export const ExposureQuery = z.strictObject({ ...pageFields, projectId: z.uuid().optional() });

export const ExposureParam = z.strictObject({ id: z.uuid() });

export const ExposureVerdictBody = z
  .strictObject({
    /** `keep`: shown again as it was; `hide`: everyone but the office reads the number alone. */
    verdict: z.enum(EXPOSURE_VERDICTS),
  })
  .meta({ id: 'ExposureVerdict' });

export const ExposureDecided = z.object({ decided: z.literal(true) }).meta({ id: 'ExposureDecided' });

export const ExposurePage = pageOf(
  z
    .object({
      id: z.uuid(),
      projectId: z.uuid(),
      projectNumber: z.string(),
      projectTitle: z.string(),
      /** Open: hidden meanwhile. Noted: a person has kept it before, or too many are open at once. */
      state: z.enum(['open', 'noted']),
      reportedAt: z.string(),
    })
    .meta({ id: 'Exposure' }),
);
