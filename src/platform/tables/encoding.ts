import { refuse } from '../../kernel/refusal.ts';
import { Turns } from './turns.ts';

const PIECE_BYTES = 128 * 1024;
/** Private use and C1 controls: no office writes them, other encodings read as GB18030 are full of them. */
const IMPLAUSIBLE = /[\u0080-\u009f\ue000-\uf8ff\ufffd\0]/;

/**
 * Chinese offices save CSV as UTF-8 with a mark or without, as GB18030, or as "Unicode text" (UTF-16). Bytes that are
 * no valid UTF-8 are tried as GB18030; refuses `TABLE_ENCODING` for what is neither.
 */
export async function decodeText(bytes: Uint8Array): Promise<string> {
  const encodings = bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    const text = await decodeStrictly(bytes, encoding);
    if (text !== undefined) return text;
  }
  return refuse('TABLE_ENCODING', 'invalid');
}

async function decodeStrictly(bytes: Uint8Array, encoding: string): Promise<string | undefined> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const turns = new Turns();
  const pieces: string[] = [];
  try {
    for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
      await turns.take();
      pieces.push(decoder.decode(bytes.subarray(from, from + PIECE_BYTES), { stream: true }));
      if (IMPLAUSIBLE.test(pieces.at(-1)!)) return undefined;
    }
    return pieces.join('') + decoder.decode();
  } catch {
    return undefined;
  }
}
