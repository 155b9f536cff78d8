import type { YearNotice } from '../model.ts';

export const notice2021: YearNotice = {
  year: 2021,
  papers: [
    'http://www.gov.cn/zhengce/zhengceku/2020-11/25/content_5564127.htm',
  ],
  holidays: [
    { name: '元旦', paper: 0, rest: ['2021-01-01', '2021-01-03'], work: [] },
    { name: '春节', paper: 0, rest: ['2021-02-11', '2021-02-17'], work: ['2021-02-07', '2021-02-20'] },
    { name: '清明节', paper: 0, rest: ['2021-04-03', '2021-04-05'], work: [] },
    { name: '劳动节', paper: 0, rest: ['2021-05-01', '2021-05-05'], work: ['2021-04-25', '2021-05-08'] },
    { name: '端午节', paper: 0, rest: ['2021-06-12', '2021-06-14'], work: [] },
    { name: '中秋节', paper: 0, rest: ['2021-09-19', '2021-09-21'], work: ['2021-09-18'] },
    { name: '国庆节', paper: 0, rest: ['2021-10-01', '2021-10-07'], work: ['2021-09-26', '2021-10-09'] },
  ],
};
