import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { arrivedAs, assertPdf, partsOf } from '../../src/files/model.ts';
import { reencode } from '../../src/platform/images/reencode.ts';

const LIMITS = { edgePixels: 2048, megapixels: 60, quality: 80 };

const plain = sharp({ create: { width: 400, height: 300, channels: 3, background: '#2a6f97' } });

const codeOf = (work: () => unknown): string => {
  try {
    return String(work());
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const fateOf = (bytes: Buffer): Promise<string> =>
  reencode(bytes, LIMITS).then(
    () => 'kept',
    (error: { code: string }) => error.code,
  );

/** A PNG whose header promises so many pixels and whose data compresses to nothing. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * 64);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('what a file is', () => {
  it('is told by its first bytes alone', async () => {
    expect(arrivedAs(await plain.clone().jpeg().toBuffer())).toBe('picture');
    expect(arrivedAs(await plain.clone().png().toBuffer())).toBe('picture');
    expect(arrivedAs(await plain.clone().webp().toBuffer())).toBe('picture');
    expect(arrivedAs(Buffer.from('%PDF-1.7\n'))).toBe('pdf');
  });

  it.each([
    ['a drawing with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['a page', '<!DOCTYPE html><script>alert(1)</script>'],
    ['a program', 'MZ\x90\x00'],
    ['an animation', 'GIF89a'],
    ['an archive', 'PK\x03\x04'],
    ['a PDF behind something else', 'GIF89a%PDF-1.7 %%EOF'],
    ['nothing', ''],
  ])('is refused: %s', (_, text) => {
    expect(codeOf(() => arrivedAs(Buffer.from(text, 'latin1')))).toBe('FILE_KIND');
  });

  it('may be a PDF only with its end, and not too big', () => {
    expect(codeOf(() => assertPdf(Buffer.from('%PDF-1.7\n…\n%%EOF\n'), 1))).toBe('undefined');
    expect(codeOf(() => assertPdf(Buffer.from('%PDF-1.7\n'), 1))).toBe('FILE_CUT_OFF');
    expect(codeOf(() => assertPdf(Buffer.alloc(1024 * 1024 + 1), 1))).toBe('FILE_TOO_LARGE');
  });

  it('comes apart and together again', () => {
    const bytes = Buffer.from(Array.from({ length: 2500 }, (_, index) => index % 251));
    const parts = partsOf(bytes, 1000);
    expect(parts.map(({ length }) => length)).toEqual([1000, 1000, 500]);
    expect(Buffer.concat(parts)).toEqual(bytes);
  });
});

describe('a picture', () => {
  it('loses where it was taken and by which camera, and keeps upright', async () => {
    const taken = await plain
      .clone()
      .withExif({
        IFD0: { Make: 'SAMPLE-CAMERA', Orientation: '6' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '116/1 23/1 0/1' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const before = await sharp(taken).metadata();
    expect(before.exif?.toString('latin1')).toContain('SAMPLE-CAMERA');
    const { bytes, width, height } = await reencode(taken, LIMITS);
    expect({ width, height }).toEqual({ width: 300, height: 400 });
    const { exif, icc, xmp, iptc, orientation } = await sharp(bytes).metadata();
    expect({ exif, icc, xmp, iptc, orientation }).toEqual({});
    expect(bytes.includes('SAMPLE-CAMERA')).toBe(false);
    expect(bytes.includes('GPS')).toBe(false);
  });

  it('is shrunk to the edge of the policy and not blown up', async () => {
    const big = await sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#fff' } }).jpeg().toBuffer();
    expect(await reencode(big, LIMITS)).toMatchObject({ width: 2048, height: 1536 });
    expect(await reencode(await plain.clone().png().toBuffer(), LIMITS)).toMatchObject({ width: 400, height: 300 });
  });

  it('leaves behind what was hung on its end', async () => {
    const polyglot = Buffer.concat([await plain.clone().jpeg().toBuffer(), Buffer.from('<script>alert(1)</script>PK\x03\x04')]);
    const { bytes } = await reencode(polyglot, LIMITS);
    expect(bytes.includes('<script>')).toBe(false);
    expect(bytes.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
  });

  it('is refused before it is decoded when it is a bomb of 50,000 × 50,000 pixels', async () => {
    const before = process.memoryUsage().rss;
    expect(await fateOf(bomb(50_000, 50_000))).toBe('IMAGE_TOO_LARGE');
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('is refused when it is cut off, damaged, or of a kind with an open door', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const whole = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#000', noise } }).jpeg().toBuffer();
    expect(await fateOf(whole)).toBe('kept');
    expect(await fateOf(whole.subarray(0, whole.length / 2))).toBe('IMAGE_UNREADABLE');
    expect(await fateOf(Buffer.concat([whole.subarray(0, 3), Buffer.alloc(2000, 0x41)]))).toBe('IMAGE_UNREADABLE');
    expect(await fateOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'))).toBe('IMAGE_UNREADABLE');
    expect(await fateOf(Buffer.from('GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;', 'latin1'))).toBe('IMAGE_UNREADABLE');
  });
});
