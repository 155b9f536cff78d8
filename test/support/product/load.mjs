import { createRequire, register } from 'node:module';

register('../typescript-hooks.mjs', import.meta.url);

/** As Node itself loads it: once a process, however many test files ask. */
export const load = (url) => import(url);

export const require = createRequire(import.meta.url);

/** Under which names test files find the two above. */
export const LOAD = "globalThis[Symbol.for('cobuild.load')]";
export const REQUIRE = "globalThis[Symbol.for('cobuild.require')]";
