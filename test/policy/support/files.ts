import sharp from 'sharp';
import { assertCount, assertPdf, keptUntil, limitOf, type Room } from '../../../src/files/model.ts';
import { parseInstant } from '../../../src/kernel/time.ts';
import { reencode } from '../../../src/platform/images/reencode.ts';
import type { FilesPolicy } from '../../../src/policy/model.ts';
import type { Rows } from './row.ts';

const AT = parseInstant('2026-03-02T02:00:00Z');

function refusalOf(work: () => void): string {
  try {
    work();
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

async function picture(width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#808080', noise } }).png().toBuffer();
}

async function kept({ imageEdgePixels: edgePixels, imageMegapixels: megapixels, imageQuality: quality }: FilesPolicy, width: number, height: number) {
  return reencode(await picture(width, height), { edgePixels, megapixels, quality });
}

function told(policy: FilesPolicy, room: Room, count: number): string {
  return refusalOf(() => assertCount(Array.from({ length: count }, (_, index) => String(index)), limitOf(policy, room)));
}

export const files: Rows<'files'> = {
  filesPerMessage: {
    to: 4,
    outcome: 'how many files a report may name',
    of: (policy) => told(policy, 'perMessage', 5),
    becomes: ['taken', 'FILES_MANY'],
  },
  filesPerNeed: {
    to: 1,
    outcome: 'how many files a need may name',
    of: (policy) => told(policy, 'perNeed', 2),
    becomes: ['taken', 'FILES_MANY'],
  },
  imageEdgePixels: {
    to: 1000,
    outcome: 'how far pictures are shrunk',
    of: async (policy) => (await kept(policy, 3000, 300)).width,
    becomes: [2048, 1000],
  },
  imageMegapixels: {
    to: 1,
    outcome: 'how big pictures may arrive',
    of: async (policy) => kept(policy, 1250, 1000).then(() => 'taken', (error: { code: string }) => error.code),
    becomes: ['taken', 'IMAGE_TOO_LARGE'],
  },
  imageQuality: {
    to: 50,
    outcome: 'how much room pictures take',
    of: async (policy) => (await kept(policy, 300, 300)).bytes.length > 40_000,
    becomes: [true, false],
  },
  pdfMegabytes: {
    to: 1,
    outcome: 'how big a PDF may be',
    of: ({ pdfMegabytes }) => refusalOf(() => assertPdf(Buffer.concat([Buffer.alloc(2 * 1024 * 1024), Buffer.from('%%EOF')]), pdfMegabytes)),
    becomes: ['taken', 'FILE_TOO_LARGE'],
  },
  unattachedHours: {
    to: 24,
    outcome: 'how long a file waits for its form',
    of: (policy) => keptUntil(AT, policy),
    becomes: [parseInstant('2026-03-04T02:00:00Z'), parseInstant('2026-03-03T02:00:00Z')],
  },
};
