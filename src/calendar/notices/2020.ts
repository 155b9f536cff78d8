import type { YearNotice } from '../model.ts';

export const notice2020: YearNotice = {
  year: 2020,
  papers: [
    'http://www.gov.cn/zhengce/zhengceku/2019-11/21/content_5454164.htm',
    'http://www.gov.cn/zhengce/zhengceku/2020-01/27/content_5472352.htm',
  ],
  holidays: [
    { name: '元旦', paper: 0, rest: ['2020-01-01', '2020-01-01'], work: [] },
    { name: '春节', paper: 1, rest: ['2020-01-24', '2020-02-02'], work: ['2020-01-19', '2020-02-03'] },
    { name: '清明节', paper: 0, rest: ['2020-04-04', '2020-04-06'], work: [] },
    { name: '劳动节', paper: 0, rest: ['2020-05-01', '2020-05-05'], work: ['2020-04-26', '2020-05-09'] },
    { name: '端午节', paper: 0, rest: ['2020-06-25', '2020-06-27'], work: ['2020-06-28'] },
    { name: '国庆节、中秋节', paper: 0, rest: ['2020-10-01', '2020-10-08'], work: ['2020-09-27', '2020-10-10'] },
  ],
};
