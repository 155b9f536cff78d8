import { unzipSync, zipSync, type Zippable } from 'fflate';

/** ZIP knows no time zone and nothing before 1980. */
const PACKED_AT = new Date(1980, 0, 1);

/**
 * An office file whose bytes depend on its content alone: its library writes the present moment into archive and
 * properties. `printedAt` is an ISO instant.
 */
export function repacked(bytes: Uint8Array, printedAt: string): Buffer {
  const parts = unzipSync(bytes);
  const names = Object.keys(parts).sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
  const packed: Zippable = {};
  for (const name of names) {
    packed[name] = [name === 'docProps/core.xml' ? dated(parts[name]!, printedAt) : parts[name]!, { mtime: PACKED_AT, level: 6 }];
  }
  return Buffer.from(zipSync(packed));
}

/** Readers look for the list of types first. */
function rankOf(name: string): number {
  return name === '[Content_Types].xml' ? 0 : 1;
}

function dated(part: Uint8Array, printedAt: string): Uint8Array {
  const second = `${printedAt.slice(0, 19)}Z`;
  const text = Buffer.from(part).toString('utf8');
  return Buffer.from(text.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${second}`), 'utf8');
}
