import { headed, type DocumentFacts, type PaperContent } from '../../../documents/model.ts';
import { inCapitals } from '../../../kernel/capitals.ts';
import type { Fen } from '../../../kernel/money.ts';
import { refuse } from '../../../kernel/refusal.ts';
import type { Say } from '../../../kernel/texts.ts';
import { shanghaiDate, type Instant } from '../../../kernel/time.ts';
import { yuan } from '../../../projects/documents/model.ts';

export interface CertificateFacts extends DocumentFacts {
  readonly recipient: string;
  readonly title: string;
  readonly community: string;
  readonly grade: string;
  readonly amountFen: Fen;
  readonly grantedAt: Instant;
}

/** Refuses `DOCUMENT_TOO_EARLY` before the award is granted. */
export function assertGranted({ status }: { readonly status: string }): void {
  if (status !== 'granted') refuse('DOCUMENT_TOO_EARLY', 'state', { status });
}

/** 以奖代补证书, as it is framed; checked by its code like every paper. */
export function certificatePaper({ recipient, title, label, community, grade, amountFen, grantedAt, issuer, letterhead }: CertificateFacts, say: Say): PaperContent {
  const params = { recipient, title, number: label, community, grade: say(`evaluation.grade.${grade}`), amount: yuan(amountFen), capitals: inCapitals(amountFen) };
  const text = (part: string): string => say(`evaluation.certificate.${part}`, params);
  return {
    style: 'official',
    ...headed({ ...(letterhead !== undefined && { letterhead }) }),
    title: text('title'),
    blocks: [
      { type: 'paragraph', text: text('to') },
      { type: 'paragraph', text: text('body'), indent: true },
      { type: 'paragraph', text: text('purpose'), indent: true },
      { type: 'paragraph', text: `\n${issuer}\n${shanghaiDate(grantedAt)}`, align: 'right' },
    ],
  };
}
