import { z } from 'zod';

/** How staff heard that a consent is taken back. */
export const WithdrawForBody = z.strictObject({ channel: z.enum(['paper', 'oral']) }).meta({ id: 'ConsentWithdrawal' });
