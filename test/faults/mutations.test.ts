import { describeMutations } from '../support/mutations.ts';

describeMutations();
