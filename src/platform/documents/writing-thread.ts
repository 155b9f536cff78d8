import type { Paper } from '../../kernel/paper.ts';
import { workInThread } from '../threads/inside.ts';
import type { PaperFormat } from './write.ts';

workInThread<{ paper: Paper; format: PaperFormat }, Uint8Array>(async ({ paper, format }) =>
  Uint8Array.from(await writerOf(format).then((write) => write(paper))),
);

/** Each thread writes once: the other format's library is not worth its time. */
async function writerOf(format: PaperFormat): Promise<(paper: Paper) => Promise<Buffer>> {
  return format === 'pdf' ? (await import('./pdf.ts')).pdfBytes : (await import('./docx.ts')).docxBytes;
}
