import type { YearNotice } from '../model.ts';

export const notice2026: YearNotice = {
  year: 2026,
  papers: [
    'https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm',
  ],
  holidays: [
    { name: '元旦', paper: 0, rest: ['2026-01-01', '2026-01-03'], work: ['2026-01-04'] },
    { name: '春节', paper: 0, rest: ['2026-02-15', '2026-02-23'], work: ['2026-02-14', '2026-02-28'] },
    { name: '清明节', paper: 0, rest: ['2026-04-04', '2026-04-06'], work: [] },
    { name: '劳动节', paper: 0, rest: ['2026-05-01', '2026-05-05'], work: ['2026-05-09'] },
    { name: '端午节', paper: 0, rest: ['2026-06-19', '2026-06-21'], work: [] },
    { name: '国庆节', paper: 0, rest: ['2026-10-01', '2026-10-07'], work: ['2026-09-20', '2026-10-10'] },
    { name: '中秋节', paper: 0, rest: ['2026-09-25', '2026-09-27'], work: [] },
  ],
};
