import type { HttpClient } from './http.ts';

interface Asked {
  readonly format?: 'csv' | 'xlsx';
  readonly filter?: Readonly<Record<string, string>>;
  readonly language?: string;
}

export interface Exported {
  readonly status: number;
  readonly number: string;
  readonly bytes: Buffer;
  /** Of a CSV, its mark left out. */
  readonly lines: readonly string[];
  readonly headers: Headers;
}

/** A list as a file: asked for, and fetched at once. */
export async function exported(client: HttpClient, list: string, { format = 'csv', filter = {}, language = 'zh' }: Asked = {}): Promise<Exported> {
  const said = { 'accept-language': language };
  const asked = await client.post('/api/v1/exports', { list, format, filter, reason: '示例用途' }, said);
  if (asked.status !== 200) throw new Error(`${list}: ${asked.status} ${asked.body.code}`);
  const { status, bytes, headers } = await client.bytes(`/api/v1/exports/${asked.body.id}/file`, said);
  return { status, number: asked.body.number, bytes, headers, lines: bytes.toString('utf8').replace(/^\uFEFF/, '').trimEnd().split('\r\n') };
}
