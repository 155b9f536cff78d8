import { beginRun } from './run.ts';

const THREADS = new URL('./typescript-threads.mjs', import.meta.url);

export default async function setUp(): Promise<void> {
  process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --import ${THREADS.href}`;
  await beginRun();
}
