import { TestEnvironment } from 'jest-environment-node';
import { load, require } from './load.mjs';
import { inSources } from './places.mjs';

/** What the product asks by `instanceof`, or keeps notes about classes in, is the same for it and for its tests. */
const SHARED = ['Reflect', 'Error', 'TypeError', 'RangeError', 'SyntaxError', 'URIError', 'EvalError', 'AggregateError', 'Date', 'JSON', 'Map', 'Set', 'WeakMap', 'WeakSet'];

/** Each test file has a world of its own; the product in it is the one that this process has loaded already. */
export default class ProductEnvironment extends TestEnvironment {
  constructor(...given) {
    super(...given);
    for (const name of SHARED) this.global[name] = globalThis[name];
    this.global[Symbol.for('cobuild.load')] = load;
    this.global[Symbol.for('cobuild.require')] = require;
  }

  handleTestEvent({ error }) {
    for (let it = error; typeof it?.stack === 'string'; it = it.cause) it.stack = inSources(it.stack);
  }
}
