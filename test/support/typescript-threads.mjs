// Preloaded by NODE_OPTIONS (global-setup.mjs): threads that tests start run the sources, as jest's own files do.
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

if (!isMainThread) register('./typescript-hooks.mjs', import.meta.url);
