import { inFours, legibleCode, normalCode } from '../kernel/legible.ts';
import type { Paper } from '../kernel/paper.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Language } from '../kernel/texts.ts';
import { msOf, type Instant } from '../kernel/time.ts';

export const DOCUMENT_FORMATS = ['pdf', 'docx', 'xlsx'] as const;

export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

export const MEDIA: Readonly<Record<DocumentFormat, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** What a document says, in numbers and names that mean the same in every language; its hash is its identity. */
export interface DocumentFacts {
  /** Organisation in whose name it is printed. */
  readonly issuer: string;
  /** Of the issuer, where its papers bear one. */
  readonly letterhead?: string;
  /** What it is about, as people know it: a project's number, a period. */
  readonly label: string;
}

/** A document without foot and proof, which are the same for all. */
export type PaperContent = Pick<Paper, 'style' | 'letterhead' | 'title' | 'subtitle' | 'blocks'>;

export interface IssuedDocument extends DocumentFacts {
  readonly id: string;
  readonly code: string;
  readonly kind: string;
  readonly subject: string;
  /** SHA-256 of the facts, in hex. */
  readonly contentHash: string;
  /** When these facts were printed first. */
  readonly printedAt: Instant;
}

export interface Print {
  readonly format: DocumentFormat;
  readonly language: Language;
  /** SHA-256 of the file, in hex. */
  readonly bytesHash: string;
  readonly printedAt: Instant;
}

const CODE_LENGTH = 12;

/** 60 bits of a keyed digest: nobody finds another's document by trying. */
export function checkCode(digest: Uint8Array): string {
  return inFours(legibleCode(digest, CODE_LENGTH));
}

/** As it is stored, however it was typed. Refuses `DOCUMENT_UNKNOWN`. */
export function normalCheckCode(typed: string): string {
  return inFours(normalCode(typed, CODE_LENGTH) ?? refuse('DOCUMENT_UNKNOWN', 'unknown'));
}

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** `2026-10-20 14:30`, Asia/Shanghai. */
export function minuteOf(at: Instant): string {
  return new Date(msOf(at) + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** Only where there is one: papers printed before it stay current. */
export function headed({ letterhead }: { readonly letterhead?: string | null }): { letterhead?: string } {
  return letterhead == null ? {} : { letterhead };
}

/** The whole paper: what stands at the foot of each page, and how to check it. */
export function paperOf(content: PaperContent, issued: IssuedDocument, language: Language, origin: string): Paper {
  const { code, issuer, contentHash, printedAt } = issued;
  const time = minuteOf(printedAt);
  const page = `${origin}/p/verify`;
  const words =
    language === 'zh'
      ? {
          left: `${issuer}　${time} 打印`,
          page: '第{page}页 共{pages}页',
          right: `校验码 ${code}`,
          lines: [`校验码：${code}`, `扫码，或在 ${page} 输入校验码，可核对何时由谁打印、是否仍为最新。`, `内容指纹（SHA-256）：${contentHash}`],
        }
      : {
          left: `${issuer}  printed ${time}`,
          page: 'Page {page} of {pages}',
          right: `Check code ${code}`,
          lines: [`Check code: ${code}`, `Scan, or enter the code at ${page}, to see when and by whom this was printed and whether it is still current.`, `Content (SHA-256): ${contentHash}`],
        };
  const { left, right, lines } = words;
  return { ...content, language, foot: { left, page: words.page, right }, proof: { link: `${page}/${code}`, lines }, printedAt };
}
