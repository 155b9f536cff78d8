import type { Texts } from '../../kernel/texts.ts';
import type { SmtpSender } from '../../platform/mail/smtp.ts';
import type { Channel, Letter } from '../channel.ts';
import { render } from '../model.ts';

/** One letter for all addresses, although two posts read of it in the house. */
const POST = 'role:auditor';
const ANCHORED = 'audit.anchored';

/**
 * The daily anchor of the record, to mailboxes that nobody here can reach into: who keeps them can tell a record that was cut
 * off and signed anew (trust.md §5). Nothing else is mailed.
 */
export class AnchorMail implements Channel {
  readonly name = 'mail';
  readonly #sender: SmtpSender;
  readonly #to: readonly string[];
  readonly #texts: Texts;

  constructor(sender: SmtpSender, to: readonly string[], texts: Texts) {
    this.#sender = sender;
    this.#to = to;
    this.#texts = texts;
  }

  readonly takes = (text: string, recipient: string): boolean => text === ANCHORED && recipient === POST;

  async deliver({ text, params }: Letter, idempotencyKey: string): Promise<void> {
    const facts = Object.entries(params).map(([name, value]) => `${name}: ${String(value)}`);
    const said = (['zh', 'en'] as const).map((language) => render({ text, params }, this.#texts, language));
    const subject = `Cobuild ${String(params['tenant'])} ${String(params['day'])} #${String(params['block'])}`;
    await this.#sender.send({ to: this.#to, subject, text: [...said, '', ...facts, ''].join('\n'), id: idempotencyKey });
  }
}
