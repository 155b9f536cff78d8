import type { PackDefinition } from '../model.ts';

const NONE = '产品默认值，未见公开依据（docs/sources.md Part 1 row 12）';

export const files: PackDefinition<'files'> = {
  filesPerMessage: {
    value: 9,
    unit: 'count',
    range: [1, 30],
    source: NONE,
    grade: 'A',
    label: { zh: '一份季报、验收申请等最多附几个文件', en: 'Files that one report or request may name' },
  },
  filesPerNeed: {
    value: 3,
    unit: 'count',
    range: [0, 9],
    source: NONE,
    grade: 'A',
    label: { zh: '一条需求最多附几张照片', en: 'Files that one need may name' },
  },
  imageEdgePixels: {
    value: 2048,
    unit: 'count',
    range: [800, 6000],
    source: NONE,
    grade: 'A',
    label: { zh: '照片长边缩小到多少像素', en: 'Longest edge, in pixels, to which pictures are shrunk' },
  },
  imageMegapixels: {
    value: 60,
    unit: 'count',
    range: [10, 200],
    source: NONE,
    grade: 'A',
    label: { zh: '收到的照片最多多少百万像素', en: 'Megapixels that a picture may arrive with' },
  },
  imageQuality: {
    value: 80,
    unit: 'count',
    range: [50, 95],
    source: NONE,
    grade: 'A',
    label: { zh: '照片保存的清晰度（JPEG 质量）', en: 'Quality with which pictures are kept (of JPEG)' },
  },
  pdfMegabytes: {
    value: 10,
    unit: 'count',
    range: [1, 10],
    source: NONE,
    grade: 'A',
    label: { zh: 'PDF 最大多少 MB', en: 'Megabytes that a PDF may have' },
  },
  unattachedHours: {
    value: 48,
    unit: 'count',
    range: [24, 720],
    source: NONE,
    grade: 'A',
    label: { zh: '已上传但未提交的文件保留几小时', en: 'Hours that a file waits for the form that it was sent for' },
  },
};
