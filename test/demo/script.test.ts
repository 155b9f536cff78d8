import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calendarFrom, isWorkday, type Calendar } from '../../src/calendar/model.ts';
import { builtInNotices } from '../../src/calendar/notices/built-in.ts';
import type { Act, ProjectAct } from '../../src/demo/acts.ts';
import { readYear, type YearFiles } from '../../src/demo/files.ts';
import { scriptOf } from '../../src/demo/script.ts';
import { shanghaiDate } from '../../src/kernel/time.ts';
import { legal, type Status } from '../../src/projects/lifecycle/model.ts';
import { dropBySeed, predictFigures } from '../support/figures.ts';

const MENGYANG = 'examples/mengyang';
const calendar: Calendar = calendarFrom(builtInNotices, 1);
const scratch = mkdtempSync(join(tmpdir(), 'cobuild-script-'));
let files: YearFiles;

beforeAll(async () => {
  files = await readYear(MENGYANG);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const script = (year: YearFiles = files, seed = 1): readonly Act[] => scriptOf(year, { calendar, offerDays: 10, seed });
const deedsOf = (acts: readonly Act[], project: string): ProjectAct[] =>
  acts.filter((act): act is ProjectAct => act.project === project);
const count = (acts: readonly Act[], type: Act['type']): number => acts.filter((act) => act.type === type).length;

/** The status each deed leads to; deeds that are no commands of the project keep it. */
const leadsTo: Partial<Record<Act['type'], Status>> = {
  recordConsent: 'offered',
  declineOffer: 'offered',
  claim: 'claimed',
  agree: 'agreed',
  start: 'implementing',
  withdraw: 'offered',
  requestAcceptance: 'acceptance',
  requireRectification: 'rectifying',
  submitRectification: 'acceptance',
  accept: 'accepted',
  evaluate: 'evaluated',
};

const begins = (act: ProjectAct): boolean => act.type === 'start' || (act.type === 'agree' && act.startsAtOnce);

describe('the script of a year', () => {
  it('keeps every project on its legal path, whatever the seed', () => {
    for (const seed of [0, 1, 7]) {
      const acts = script(files, seed);
      for (const line of files.projects) {
        let status: Status = line.sharedProperty ? 'consent' : 'offered';
        for (const act of deedsOf(acts, line.number)) {
          if (act.type in legal) expect(legal[act.type as keyof typeof legal]).toContain(status);
          status = begins(act) ? 'implementing' : (leadsTo[act.type] ?? status);
        }
        expect(status).toBe('evaluated');
      }
    }
  });

  it('pledges before it delivers, delivers before it verifies, and only what is under way', () => {
    const acts = script();
    for (const { number } of files.projects) {
      const deeds = deedsOf(acts, number);
      const started = deeds.findIndex(begins);
      const handedOver = deeds.findIndex(({ type }) => type === 'requestAcceptance');
      for (const line of files.deliveries.filter(({ project }) => project === number)) {
        const steps = deeds.filter((act) => 'delivery' in act && act.delivery === line);
        expect(steps.length).toBeGreaterThan(0);
        expect(['pledge', 'deliver', 'verify'].slice(0, steps.length)).toEqual(steps.map(({ type }) => type));
        expect(deeds.indexOf(steps[0]!)).toBeGreaterThan(started);
        expect(deeds.indexOf(steps.at(-1)!)).toBeLessThan(handedOver);
      }
    }
  });

  it('has people work on workdays and end before November', () => {
    const acts = script();
    expect(acts.filter((act) => !isWorkday(shanghaiDate(act.at), calendar)).map(({ type, at }) => [type, at])).toEqual([]);
    expect(shanghaiDate(acts[0]!.at)).toBe('2025-09-01');
    expect(shanghaiDate(acts.at(-1)!.at) < '2026-10-24').toBe(true);
  });

  it('does what the files say, once', () => {
    const acts = script();
    expect(count(acts, 'acceptReport')).toBe(196);
    expect(count(acts, 'submitReport')).toBe(197);
    expect(count(acts, 'waiveReport')).toBe(0);
    expect(count(acts, 'withdraw')).toBe(1);
    expect(count(acts, 'claim')).toBe(50);
    expect(acts.filter((act) => act.type === 'rate' && act.slipUsedBefore)).toHaveLength(1);
  });

  it('waives a report that is missing and leaves out what a missing unit would have given', async () => {
    const target = join(scratch, 'dropped');
    const dropped = await dropBySeed(MENGYANG, target, 11);
    const acts = script(await readYear(target));
    const expected = await predictFigures(target);
    expect(count(acts, 'waiveReport')).toBe(expected.reportsWaived);
    expect(count(acts, 'acceptReport')).toBe(expected.reportsAccepted);
    const cash = acts.flatMap((act) => (act.type === 'verify' && act.delivery.form === 'cash' ? [act.delivery] : []));
    expect(cash.reduce((sum, line) => sum + line.amountFen, 0)).toBe(expected.fundsFen);
    expect(acts.filter((act) => 'delivery' in act && act.delivery.funder === dropped.unit)).toEqual([]);
  });
});
