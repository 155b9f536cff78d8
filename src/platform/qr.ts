import { renderSVG } from 'uqr';

/** A QR code as one `<svg>` element that scales with its place; a quarter of it may be torn or dirty. */
export function qrSvg(text: string): string {
  return renderSVG(text, { ecc: 'Q', border: 4 });
}
