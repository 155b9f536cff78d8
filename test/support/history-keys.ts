import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of recorded histories only: they hold nothing but the sample of examples/, and must open on every machine. */
export const HISTORY_KEYS = readFileSync(join(process.cwd(), 'test/histories/payload-keys'), 'utf8').trim();

/** `RECORD_HISTORIES=1 npm run test:faults -- test/faults/year`, and the same with `npm test -- test/workflows`, write test/histories anew. */
export const isRecording = process.env['RECORD_HISTORIES'] === '1';
