import { createTransport, type Transporter } from 'nodemailer';

export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://…:465`; on smtp the connection must become encrypted unless it is local. */
  readonly url: string;
  readonly from: string;
}

export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same for each attempt, so that a mailbox shows a repeated letter once. */
  readonly id: string;
}

const PATIENCE_MS = 15_000;
const LOCAL = new Set(['127.0.0.1', '::1', 'localhost']);

/** Letters over SMTP. Throws when the server did not take one; the password is in no error. */
export class SmtpSender {
  readonly #transport: Transporter;
  readonly #from: string;
  readonly #domain: string;

  constructor({ url, from }: MailSettings) {
    const { hostname, port, protocol, username, password } = new URL(url);
    const secure = protocol === 'smtps:';
    this.#transport = createTransport({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || (secure ? 465 : 587)),
      secure,
      requireTLS: !secure && !LOCAL.has(hostname),
      ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.#from = from;
    this.#domain = from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '');
  }

  async send({ to, subject, text, id }: Mail): Promise<void> {
    try {
      const { rejected = [] } = await this.#transport.sendMail({ from: this.#from, to: [...to], subject, text, messageId: `<${id}@${this.#domain}>` });
      if (rejected.length > 0) throw new Error(`refused for ${rejected.length} of ${to.length} addresses`);
    } catch (error) {
      const { code, responseCode } = error as { code?: string; responseCode?: number };
      throw new Error(`the mail server did not take it (${code ?? responseCode ?? 'refused'})`);
    }
  }
}
