import jsQrModule from 'jsqr';

type Read = (pixels: Uint8ClampedArray, width: number, height: number) => { readonly data: string } | null;

/** CommonJS behind the types of a module. */
const read = ((jsQrModule as unknown as { default?: Read }).default ?? jsQrModule) as unknown as Read;

/** What a camera reads in a picture that is made of black squares, `M40,40h10v10h-10z`. */
export function scanned(svg: string): string | undefined {
  const width = Number(/viewBox="0 0 (\d+)/.exec(svg)![1]);
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, left, top, side] of svg.matchAll(/M(\d+),(\d+)h(\d+)v\d+h-\d+z/g)) {
    for (let y = Number(top); y < Number(top) + Number(side); y += 1) {
      for (let x = Number(left); x < Number(left) + Number(side); x += 1) pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return read(pixels, width, width)?.data;
}
