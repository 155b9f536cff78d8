import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeInBrowser } from './support/chromium.ts';
import { lookAt, LOOKS, officeToLookAt, pagesOfTheOffice, type Office } from './support/everywhere.ts';
import { startBrowserStage, type BrowserStage } from './support/stage.ts';

/** Each page in one look, each look for a quarter of the pages; `npm run test:faults` takes every page in every look. */
describeInBrowser('every page of the office', () => {
  let stage: BrowserStage;
  let office: Office;

  beforeAll(async () => {
    stage = await startBrowserStage();
    office = await officeToLookAt(stage);
  }, 120_000);
  afterAll(async () => stage?.stop());

  it.each(LOOKS.map((look, index) => ({ ...look, index })))(
    'is accessible, fits 320 pixels and fails nowhere: $language, large text $largeText',
    async ({ index, ...look }) => {
      const pages = pagesOfTheOffice().filter((_, place) => place % LOOKS.length === index);
      expect(pages.length).toBeGreaterThan(0);
      expect(await lookAt(stage, office, pages, look)).toEqual([]);
    },
    180_000,
  );
});
