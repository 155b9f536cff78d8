import { z } from 'zod';
import { LEAVING_REASONS } from '../need/model.ts';
import { line } from '../schemas.ts';

/** For who raised it; names nobody. */
export const AskBody = z.strictObject({ text: line(300) }).meta({ id: 'NeedQuestion' });

/** What who raised it told staff. */
export const AnswerBody = z.strictObject({ text: line(500) }).meta({ id: 'NeedAnswer' });

/** The sentence is shown to who raised it, after the reason in plain words; names nobody. */
export const LeaveOutBody = z.strictObject({ reason: z.enum(LEAVING_REASONS), text: line(300) }).meta({ id: 'NeedLeftOut' });
