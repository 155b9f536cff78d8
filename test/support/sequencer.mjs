import Sequencer from '@jest/test-sequencer';

/** Plays a year, on one lane: begun last, it would be waited for alone. */
const LONGEST = /\/test\/demo\/part\.test\.ts$/;

/** Jest knows what took long only where it has run before. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(({ path }) => LONGEST.test(path)), ...sorted.filter(({ path }) => !LONGEST.test(path))];
  }
}
