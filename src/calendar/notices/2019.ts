import type { YearNotice } from '../model.ts';

export const notice2019: YearNotice = {
  year: 2019,
  papers: [
    'http://www.gov.cn/zhengce/zhengceku/2018-12/06/content_5346276.htm',
    'http://www.gov.cn/zhengce/zhengceku/2019-03/22/content_5375877.htm',
  ],
  holidays: [
    { name: '元旦', paper: 0, rest: ['2018-12-30', '2019-01-01'], work: ['2018-12-29'] },
    { name: '春节', paper: 0, rest: ['2019-02-04', '2019-02-10'], work: ['2019-02-02', '2019-02-03'] },
    { name: '清明节', paper: 0, rest: ['2019-04-05', '2019-04-05'], work: [] },
    { name: '劳动节', paper: 1, rest: ['2019-05-01', '2019-05-04'], work: ['2019-04-28', '2019-05-05'] },
    { name: '端午节', paper: 0, rest: ['2019-06-07', '2019-06-07'], work: [] },
    { name: '中秋节', paper: 0, rest: ['2019-09-13', '2019-09-13'], work: [] },
    { name: '国庆节', paper: 0, rest: ['2019-10-01', '2019-10-07'], work: ['2019-09-29', '2019-10-12'] },
  ],
};
