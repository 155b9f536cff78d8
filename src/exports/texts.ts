import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'error.EXPORT_LIST_UNKNOWN': { zh: '没有可以导出的这份列表。', en: 'There is no such list to export.' },
  'error.EXPORT_FILTER_INVALID': { zh: '筛选条件“{field}”不成立，请重新筛选后导出。', en: 'The filter “{field}” cannot be read; filter again and export then.' },
  'error.EXPORT_TOO_LONG': { zh: '超过{most}行，请缩小筛选范围后导出。', en: 'More than {most} rows; narrow the filter and export then.' },
  'error.EXPORT_REASON_NEEDED': { zh: '这份列表含个人信息，请写明导出用途。', en: 'This list holds personal data; say what the export is for.' },
  'error.EXPORT_UNKNOWN': { zh: '没有这次导出，或不是您导出的。', en: 'There is no such export, or it is not yours.' },
  'error.EXPORT_NOT_WAITING': { zh: '这次导出不在等待放行。', en: 'This export does not wait for a release.' },
  'error.EXPORT_NOT_RELEASED': { zh: '导出 {number} 尚未由另一人放行，或未获放行。', en: 'Export {number} has not been released by another person.' },
  'error.EXPORT_EXPIRED': { zh: '导出文件保留至 {until}，已过期，请重新导出。', en: 'The export could be fetched until {until}; please export again.' },
  'exports.told.waiting': { zh: '有一份含个人信息的导出（{number}，{rows}行）等待另一人放行。', en: 'An export with personal data ({number}, {rows} rows) waits for a second person.' },
  'exports.told.released': { zh: '导出 {number}（{rows}行）已放行，可以下载。', en: 'Export {number} ({rows} rows) was released and can be fetched.' },
  'exports.told.refused': { zh: '导出 {number}（{rows}行）未获放行。', en: 'Export {number} ({rows} rows) was not released.' },
  'exports.mark.line': { zh: '{title}　{name} 于 {time} 导出　编号 {number}　仅供工作使用，不得外传', en: '{title}  exported by {name}, {time}  No. {number}  For office use only' },
  'exports.mark.head': { zh: '{title}　编号 {number}', en: '{title}  No. {number}' },
  'exports.mark.foot': { zh: '{name}　{time} 导出　编号 {number}', en: 'Exported by {name}, {time}  No. {number}' },
  'exports.mark.column': { zh: '导出编号', en: 'Export' },
} as const satisfies Texts;
