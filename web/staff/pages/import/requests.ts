import { api, read } from '../../../shared/api/client.ts';
import { newId } from '../../../shared/api/ids.ts';
import type { Schemas } from '../../me.ts';
import type { KeptFile } from './kept-file.ts';
import type { Kind } from './kinds.ts';

export type Report = Schemas['ImportReport'];

interface Wish {
  readonly preview?: boolean;
  readonly takeGood?: boolean;
  readonly key: string;
}

const flag = (wanted: boolean | undefined): 'true' | 'false' => (wanted ? 'true' : 'false');

/** The form that upload routes take; the API's description can only say that a file is text. */
function upload(file: File) {
  return {
    body: { file: '' },
    bodySerializer: (): FormData => {
      const form = new FormData();
      form.append('file', file);
      return form;
    },
  };
}

export async function send(kind: Kind, { file, takeOver, sheets }: KeptFile, { preview, takeGood, key }: Wish): Promise<Report> {
  const params = {
    query: { preview: flag(preview), takeGood: flag(takeGood), takeOver: flag(takeOver), ...(sheets.length > 0 && { sheet: [...sheets] }) },
    header: { 'Idempotency-Key': key },
  };
  const request = { params, ...upload(file) };
  if (kind === 'needs') return read(api.POST('/api/v1/imports/needs', request));
  if (kind === 'projects') {
    // A ledger of projects is always an old one.
    const { takeOver: _, ...query } = params.query;
    return read(api.POST('/api/v1/imports/projects', { ...request, params: { ...params, query } }));
  }
  return kind === 'offers' ? read(api.POST('/api/v1/imports/offers', request)) : read(api.POST('/api/v1/imports/proposals', request));
}

export function preview(kind: Kind, file: KeptFile): Promise<Report> {
  return send(kind, file, { preview: true, key: newId() });
}

/** Saves the wrong rows as a table of their own, in which what is wrong stands beside them. */
export async function saveWrongRows(kind: Kind, { file, takeOver, sheets: [sheet] }: KeptFile): Promise<void> {
  const { data } = await api.POST('/api/v1/imports/{kind}/wrong-rows', {
    params: { path: { kind }, query: { takeOver: flag(takeOver), ...(sheet !== undefined && { sheet }) } },
    ...upload(file),
    parseAs: 'blob',
  });
  const address = URL.createObjectURL(data as unknown as Blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = `${file.name.replace(/\.[^.]+$/, '')}-待改.xlsx`;
  link.click();
  URL.revokeObjectURL(address);
}
