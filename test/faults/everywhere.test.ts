import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeInBrowser } from '../browser/support/chromium.ts';
import { lookAt, LOOKS, officeToLookAt, pagesOfTheOffice, type Office } from '../browser/support/everywhere.ts';
import { startBrowserStage, type BrowserStage } from '../browser/support/stage.ts';

describeInBrowser('every page of the office in every language and size', () => {
  let stage: BrowserStage;
  let office: Office;

  beforeAll(async () => {
    stage = await startBrowserStage();
    office = await officeToLookAt(stage);
  }, 120_000);
  afterAll(async () => stage?.stop());

  it.each(LOOKS)('is accessible, fits 320 pixels and fails nowhere: $language, large text $largeText', async (look) => {
    expect(await lookAt(stage, office, pagesOfTheOffice(), look)).toEqual([]);
  });
});
