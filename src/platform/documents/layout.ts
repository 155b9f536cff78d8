/** Points in a millimetre. */
export const MM = 72 / 25.4;

/**
 * GB/T 9704-2012 §5.2: A4, head 37 mm, binding edge 28 mm, type area 156 mm × 225 mm with 22 lines of 28 characters
 * of size 3 (16 pt in word processors); title in size 2 (22 pt), page number in size 4 (14 pt) (§7.3.1, §7.5).
 */
export const OFFICIAL = {
  margins: { top: 37, right: 26, bottom: 35, left: 28 },
  bodyPt: 16,
  titlePt: 22,
  footPt: 14,
  /** 225 mm over 22 lines. */
  pitchPt: (225 * MM) / 22,
  charactersPerLine: 28,
} as const;

/** §7.2.4: red, centred; as large as its line takes. */
export const LETTERHEAD = { color: 'C00000', mostPt: 36 } as const;

export function letterheadPt(text: string): number {
  return Math.min(LETTERHEAD.mostPt, Math.floor((156 * MM) / [...text].length));
}

export const REPORT = {
  margins: { top: 20, right: 18, bottom: 22, left: 18 },
  bodyPt: 10.5,
  titlePt: 20,
  footPt: 8,
  pitchPt: 17,
} as const;

/** Millimetres. */
export const A4 = { width: 210, height: 297 } as const;

export const PROOF_SQUARE_MM = 20;
