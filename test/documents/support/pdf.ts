import { extractText, getDocumentProxy } from 'unpdf';

/** All text of a PDF, as an independent reader finds it. */
export async function textOf(bytes: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(Uint8Array.from(bytes)), { mergePages: true });
  return text;
}

export async function pagesOf(bytes: Uint8Array): Promise<number> {
  return (await getDocumentProxy(Uint8Array.from(bytes))).numPages;
}
