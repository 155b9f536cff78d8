import { z } from 'zod';
import { uploaded } from '../platform/http/upload.ts';
import type { StoredFile } from './model.ts';

export const FileBody = z.strictObject({ file: uploaded }).meta({ id: 'FileBody' });

export const FileParam = z.strictObject({ id: z.uuid() });

/** Of a record: the record's id, and the file's. */
export const RecordFileParam = z.strictObject({ id: z.uuid(), fileId: z.uuid() });

/** More is refused before the policy is asked. */
export const FileIds = z.array(z.uuid()).max(100);

export const FileView = z
  .object({
    id: z.uuid(),
    mediaType: z.enum(['image/jpeg', 'application/pdf']),
    bytes: z.int(),
    /** SHA-256 of what is kept, in hex. */
    hash: z.string(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    receivedAt: z.string(),
  })
  .meta({ id: 'File' });

export const FileList = z.object({ items: z.array(FileView) }).meta({ id: 'FileList' });

export function fileView({ record: _record, sensitive: _sensitive, ...file }: StoredFile): z.infer<typeof FileView> {
  return file;
}
