import type { YearNotice } from '../model.ts';

export const notice2025: YearNotice = {
  year: 2025,
  papers: [
    'https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm',
  ],
  holidays: [
    { name: '元旦', paper: 0, rest: ['2025-01-01', '2025-01-01'], work: [] },
    { name: '春节', paper: 0, rest: ['2025-01-28', '2025-02-04'], work: ['2025-01-26', '2025-02-08'] },
    { name: '清明节', paper: 0, rest: ['2025-04-04', '2025-04-06'], work: [] },
    { name: '劳动节', paper: 0, rest: ['2025-05-01', '2025-05-05'], work: ['2025-04-27'] },
    { name: '端午节', paper: 0, rest: ['2025-05-31', '2025-06-02'], work: [] },
    { name: '国庆节、中秋节', paper: 0, rest: ['2025-10-01', '2025-10-08'], work: ['2025-09-28', '2025-10-11'] },
  ],
};
