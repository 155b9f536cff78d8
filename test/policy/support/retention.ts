import { parseInstant } from '../../../src/kernel/time.ts';
import type { RetentionPolicy } from '../../../src/policy/model.ts';
import { cutoff, RULES, type Retained } from '../../../src/retention/model.ts';
import type { Rows } from './row.ts';

const NOW = parseInstant('2029-03-31T02:00:00Z');

const kept = (retained: Retained) => (policy: RetentionPolicy) => cutoff(RULES[retained], policy, NOW);

export const retention: Rows<'retention'> = {
  residentMonths: {
    to: 12,
    outcome: 'when words and contact go',
    of: kept('residents'),
    becomes: ['2026-03-30T16:00:00.000000Z', '2028-03-30T16:00:00.000000Z'],
  },
  importMonths: {
    to: 12,
    outcome: 'when digests of imported rows go',
    of: kept('importRows'),
    becomes: ['2026-03-30T16:00:00.000000Z', '2028-03-30T16:00:00.000000Z'],
  },
  networkMarkMonths: {
    to: 2,
    outcome: 'when marks of networks go',
    of: kept('networkMarks'),
    becomes: ['2029-02-27T16:00:00.000000Z', '2029-01-30T16:00:00.000000Z'],
  },
  sessionDays: {
    to: 7,
    outcome: 'when expired sessions go',
    of: kept('sessions'),
    becomes: ['2029-02-28T16:00:00.000000Z', '2029-03-23T16:00:00.000000Z'],
  },
  draftDays: {
    to: 7,
    outcome: 'when drafts go',
    of: kept('drafts'),
    becomes: ['2029-02-28T16:00:00.000000Z', '2029-03-23T16:00:00.000000Z'],
  },
  staffMonths: {
    to: 12,
    outcome: 'when names and phones of staff go who left',
    of: kept('staff'),
    becomes: ['2026-03-30T16:00:00.000000Z', '2028-03-30T16:00:00.000000Z'],
  },
  auditMonths: {
    to: 12,
    outcome: 'when rows of the record go which concern no money',
    of: kept('auditRows'),
    becomes: ['2026-03-30T16:00:00.000000Z', '2028-03-30T16:00:00.000000Z'],
  },
};
