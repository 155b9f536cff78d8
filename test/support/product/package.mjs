import { REQUIRE } from './load.mjs';

/** The same for a library that is required. */
export default {
  process: (_, path) => ({ code: `module.exports = ${REQUIRE}(${JSON.stringify(path)});` }),
};
