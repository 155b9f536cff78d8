import { findDuplicates } from '../../src/needs/duplicates/model.ts';
import { numbers } from '../../test/matching/support/instances.ts';
import { print, timed } from './measure.ts';

/** Every hundredth text is one before it with a few letters changed: all of those must be found. */
const [runs] = process.argv.slice(2);
const [TEXTS, PLANTED_EVERY, LETTERS_EACH] = [100_000, 100, 60];
const draw = numbers(20261128);
/** The first thousand of the common Chinese letters' block. */
const letter = (): string => String.fromCodePoint(0x4e00 + draw(0, 999));
const texts: { id: string; text: string; area: number }[] = [];
let planted = 0;
for (let at = 0; at < TEXTS; at++) {
  const letters = Array.from({ length: LETTERS_EACH }, letter);
  if (at % PLANTED_EVERY === PLANTED_EVERY - 1) {
    const earlier = texts[at - draw(1, PLANTED_EVERY - 1)]!;
    const copied = [...earlier.text];
    // Two letters changed leave 55 of 63 pairs alike: 0.87.
    for (const place of [draw(0, 29), draw(30, 59)]) copied[place] = letter();
    texts.push({ id: `t${at}`, text: copied.join(''), area: earlier.area });
    planted++;
  } else {
    texts.push({ id: `t${at}`, text: letters.join(''), area: draw(0, 39) });
  }
}
let found = 0;
const figures = timed(Number(runs), () => {
  found = findDuplicates({ texts, block: ({ area }) => String(area) }).reduce((sum, { ids }) => sum + ids.length - 1, 0);
});
print({ texts: TEXTS, planted, found, recall: Math.round((1000 * found) / planted) / 1000, ...figures });
