import { describeYear } from '../support/year.ts';

/** Consent, a slip used twice, two awards, a refused offer, a withdrawal, a rectification. */
describeYear('a part of a year', ['MX-001', 'MX-003', 'MX-007', 'MX-019', 'MX-035', 'MX-049']);
