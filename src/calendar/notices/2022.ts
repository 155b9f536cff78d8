import type { YearNotice } from '../model.ts';

export const notice2022: YearNotice = {
  year: 2022,
  papers: [
    'http://www.gov.cn/zhengce/zhengceku/2021-10/25/content_5644835.htm',
  ],
  holidays: [
    { name: '元旦', paper: 0, rest: ['2022-01-01', '2022-01-03'], work: [] },
    { name: '春节', paper: 0, rest: ['2022-01-31', '2022-02-06'], work: ['2022-01-29', '2022-01-30'] },
    { name: '清明节', paper: 0, rest: ['2022-04-03', '2022-04-05'], work: ['2022-04-02'] },
    { name: '劳动节', paper: 0, rest: ['2022-04-30', '2022-05-04'], work: ['2022-04-24', '2022-05-07'] },
    { name: '端午节', paper: 0, rest: ['2022-06-03', '2022-06-05'], work: [] },
    { name: '中秋节', paper: 0, rest: ['2022-09-10', '2022-09-12'], work: [] },
    { name: '国庆节', paper: 0, rest: ['2022-10-01', '2022-10-07'], work: ['2022-10-08', '2022-10-09'] },
  ],
};
