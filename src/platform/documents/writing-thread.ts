import type { Paper } from '../../kernel/paper.ts';
import { workInThread } from '../threads/inside.ts';
import { docxBytes } from './docx.ts';
import { pdfBytes } from './pdf.ts';
import type { PaperFormat } from './write.ts';

workInThread<{ paper: Paper; format: PaperFormat }, Uint8Array>(async ({ paper, format }) =>
  Uint8Array.from(await (format === 'pdf' ? pdfBytes(paper) : docxBytes(paper))),
);
