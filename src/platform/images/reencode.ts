import sharp from 'sharp';
import { refuse } from '../../kernel/refusal.ts';
import { Gate } from '../threads/gate.ts';

export interface ImageLimits {
  /** Longest edge of what is kept; smaller pictures are not blown up. */
  readonly edgePixels: number;
  /** Of what arrives, counted before it is decoded. */
  readonly megapixels: number;
  /** 1 to 100, as JPEG counts it. */
  readonly quality: number;
}

export interface Picture {
  /** A JPEG of the pixels alone: no location, no camera, no profile, no thumbnail, nothing behind its end. */
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

const SECONDS_MAX = 20;
const AT_ONCE = 2;
const DECODERS = ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'];

// Every other decoder of the library stays shut: SVG, TIFF, PDF and the rest are no pictures here.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: DECODERS });
sharp.cache(false);
sharp.concurrency(1);

const gate = new Gate(AT_ONCE);

/**
 * Decodes a picture outside the event loop and writes it anew, upright and on white. Refuses `IMAGE_TOO_LARGE` and
 * `IMAGE_UNREADABLE`: cut off, damaged, of another kind, or too slow.
 */
export async function reencode(bytes: Buffer, { edgePixels, megapixels, quality }: ImageLimits): Promise<Picture> {
  return gate.pass(async () => {
    const options = { limitInputPixels: megapixels * 1_000_000, failOn: 'error', pages: 1, sequentialRead: true } as const;
    try {
      const { data, info } = await sharp(bytes, options)
        .autoOrient()
        .resize({ width: edgePixels, height: edgePixels, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .jpeg({ quality })
        .timeout({ seconds: SECONDS_MAX })
        .toBuffer({ resolveWithObject: true });
      return { bytes: data, width: info.width, height: info.height };
    } catch (error) {
      if (/pixel limit/.test(String(error))) return refuse('IMAGE_TOO_LARGE', 'rule', { megapixels });
      return refuse('IMAGE_UNREADABLE', 'rule');
    }
  });
}
