import { describeMutations } from '../support/mutations.ts';

describeMutations({ mutantsPerRoute: Number.POSITIVE_INFINITY });
