import { DefaultFailureConverter } from '@temporalio/common';

/** Messages and stack traces are sealed like payloads: Temporal's own pages show neither. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
