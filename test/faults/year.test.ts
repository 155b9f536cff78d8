import { describeYear } from '../support/year.ts';

describeYear('a year');
