import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'audit.anchored': {
    zh: '{day} 的记录锚点：第 {block} 块，共 {rows} 条，摘要 {hash}，密钥 {key}，签名 {signature}。请另行保存。',
    en: 'Anchor of the record for {day}: block {block}, {rows} rows, hash {hash}, key {key}, signature {signature}. Keep it elsewhere.',
  },
} as const satisfies Texts;
