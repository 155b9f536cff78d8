import { workInThread } from '../threads/inside.ts';
import type { Sheet } from './sheet.ts';
import { workbookBytes } from './workbook-bytes.ts';

/** The bytes are handed over with the memory they lie in, which a buffer may share with others. */
workInThread<Sheet, Uint8Array>(async (sheet) => Uint8Array.from(await workbookBytes(sheet)));
