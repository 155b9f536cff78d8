import type { Paper } from '../../kernel/paper.ts';
import { Gate } from '../threads/gate.ts';
import { runThread } from '../threads/thread.ts';

export type PaperFormat = 'pdf' | 'docx';

export const PAPER_MEDIA: Readonly<Record<PaperFormat, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

const THREAD = new URL(import.meta.url.endsWith('.ts') ? './writing-thread.ts' : './writing-thread.js', import.meta.url);
const MEMORY_MB = 512;
const SECONDS_MAX = 30;
const AT_ONCE = 2;

const gate = new Gate(AT_ONCE);

/** In a thread of its own, because fonts and packing take longer than others should wait for their answers. */
export async function writePaper(paper: Paper, format: PaperFormat): Promise<Buffer> {
  return gate.pass(async () => {
    const signal = AbortSignal.timeout(SECONDS_MAX * 1000);
    return Buffer.from(await runThread<Uint8Array>({ entry: THREAD, input: { paper, format }, memoryMb: MEMORY_MB }, { signal }));
  });
}
