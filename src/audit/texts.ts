import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'audit.anchored': {
    zh: '{day} 的记录锚点：第 {block} 块，共 {rows} 条，摘要 {hash}，密钥 {key}，签名 {signature}。请另行保存。',
    en: 'Anchor of the record for {day}: block {block}, {rows} rows, hash {hash}, key {key}, signature {signature}. Keep it elsewhere.',
  },
  'audit.column.at': { zh: '时间（UTC）', en: 'Time (UTC)' },
  'audit.column.actor': { zh: '谁（编号）', en: 'Who (id)' },
  'audit.column.action': { zh: '做了什么', en: 'Action' },
  'audit.column.subject': { zh: '对象', en: 'Subject' },
  'audit.column.outcome': { zh: '结果', en: 'Outcome' },
  'audit.column.changes': { zh: '变化', en: 'Changes' },
  'audit.column.network': { zh: '网络', en: 'Network' },
  'audit.column.requestId': { zh: '请求编号', en: 'Request' },
  'audit.column.hash': { zh: '指纹（SHA-256）', en: 'Hash (SHA-256)' },
  'audit.list': { zh: '操作记录', en: 'Record of actions' },
} as const satisfies Texts;
