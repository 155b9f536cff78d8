/** Of recorded histories only: they hold nothing but the sample of examples/, and must open on every machine. */
export const HISTORY_KEYS = `histories:${Buffer.from('recorded sample histories, key 1').toString('base64')}`;

/** `RECORD_HISTORIES=1 npm run test:faults -- test/faults/year`, and the same with `npm test -- test/workflows`, write test/histories anew. */
export const isRecording = process.env['RECORD_HISTORIES'] === '1';
