import type { Schemas } from '../../me.ts';

export type Run = Schemas['MatchingRun'];
