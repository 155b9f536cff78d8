import { describeMutations } from '../support/mutations.ts';

// All of them: test/faults/mutations.test.ts.
describeMutations({ mutantsPerRoute: 6 });
