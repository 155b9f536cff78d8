import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { NamedKey } from '../../../src/platform/keys.ts';
import { OpenStream, SealStream } from '../../../src/platform/local/sealed-stream.ts';

const MIB = 1 << 20;
const key: NamedKey = { id: 'k1', secret: randomBytes(32) };

const seal = (plain: Buffer, chunk = 65_536): Promise<Buffer> => buffer(chunks(plain, chunk).pipe(new SealStream(key)));
const open = (sealed: Buffer, keys: readonly NamedKey[] = [key]): Promise<Buffer> => {
  const stream = new OpenStream(keys);
  chunks(sealed, 10_007).pipe(stream);
  return buffer(stream);
};

function chunks(bytes: Buffer, size: number): Readable {
  return Readable.from(Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size)));
}

describe('a sealed stream', () => {
  it.each([0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB + 5])('comes back as it was, with %i bytes', async (size) => {
    const plain = randomBytes(size);
    expect((await open(await seal(plain))).equals(plain)).toBe(true);
  });

  it('shows nothing of what is inside', async () => {
    expect((await seal(Buffer.from('示例张三'.repeat(1000)))).includes(Buffer.from('示例张三'))).toBe(false);
  });

  it('is refused with a changed byte, a piece taken out or repeated, a missing end, another key', async () => {
    const sealed = await seal(randomBytes(2 * MIB + 100));
    const header = 4 + 1 + 2 + 16;
    const piece = 4 + MIB + 16;
    const flipped = Buffer.from(sealed);
    flipped[header + 5_000]! ^= 1;
    await expect(open(flipped)).rejects.toThrow('piece 0 was changed');
    await expect(open(Buffer.concat([sealed.subarray(0, header), sealed.subarray(header + piece)]))).rejects.toThrow('piece 0');
    await expect(open(Buffer.concat([sealed.subarray(0, header + piece), sealed.subarray(header)]))).rejects.toThrow('piece 1');
    await expect(open(sealed.subarray(0, header + 2 * piece))).rejects.toThrow('end of the file');
    await expect(open(sealed.subarray(0, -1))).rejects.toThrow('end of the file');
    await expect(open(Buffer.concat([sealed, Buffer.alloc(4)]))).rejects.toThrow('follows the end');
    await expect(open(sealed, [{ id: 'k1', secret: randomBytes(32) }])).rejects.toThrow('piece 0');
    await expect(open(sealed, [{ ...key, id: 'k2' }])).rejects.toThrow('key k1');
  });
});
