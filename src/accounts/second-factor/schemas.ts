import { z } from 'zod';
import { CODE_SHAPE, codeFrom } from './model.ts';

/** As typed, with or without blanks; six digits, or a recovery code. */
export const Code = z.string().min(6).max(40).transform(codeFrom).pipe(z.string().regex(CODE_SHAPE));

export const SecondFactorView = z.strictObject({
  confirmedAt: z.string().nullable(),
  recoveryCodesLeft: z.number().int(),
});

/** An account without a password, which signs in elsewhere, sends none. */
export const Enrol = z.strictObject({ password: z.string().min(1).max(200).optional() });

/** In the answer alone: the secret as an app takes it by hand, and as a picture. */
export const Enrolment = z.strictObject({ secret: z.string(), uri: z.string(), qr: z.string() });

export const GivenCode = z.strictObject({ code: Code });

/** Shown once, to be kept on paper. */
export const RecoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()) });
