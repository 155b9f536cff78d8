import type { YearNotice } from '../model.ts';

export const notice2024: YearNotice = {
  year: 2024,
  papers: [
    'https://www.gov.cn/zhengce/zhengceku/202310/content_6911528.htm',
  ],
  holidays: [
    { name: '元旦', paper: 0, rest: ['2024-01-01', '2024-01-01'], work: [] },
    { name: '春节', paper: 0, rest: ['2024-02-10', '2024-02-17'], work: ['2024-02-04', '2024-02-18'] },
    { name: '清明节', paper: 0, rest: ['2024-04-04', '2024-04-06'], work: ['2024-04-07'] },
    { name: '劳动节', paper: 0, rest: ['2024-05-01', '2024-05-05'], work: ['2024-04-28', '2024-05-11'] },
    { name: '端午节', paper: 0, rest: ['2024-06-10', '2024-06-10'], work: [] },
    { name: '中秋节', paper: 0, rest: ['2024-09-15', '2024-09-17'], work: ['2024-09-14'] },
    { name: '国庆节', paper: 0, rest: ['2024-10-01', '2024-10-07'], work: ['2024-09-29', '2024-10-12'] },
  ],
};
