import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config.ts';

/**
 * The session cookie. On https `__Host-` binds it to this very origin; plain http has no such protection and
 * cookies ignore ports, so there the instance is part of the name.
 */
export class SessionCookie {
  readonly name: string;
  readonly #secure: boolean;

  readonly #http: Pick<Config['http'], 'origins' | 'cookieInstance'>;

  constructor(http: Pick<Config['http'], 'origins' | 'cookieInstance'>, suffix = '') {
    this.#http = http;
    this.#secure = http.origins.every((origin) => origin.startsWith('https://'));
    this.name = `${this.#secure ? '__Host-cobuild' : `cobuild_${http.cookieInstance}`}${suffix}`;
  }

  /** Another cookie of the same browser, as well guarded. */
  beside(suffix: string): SessionCookie {
    return new SessionCookie(this.#http, suffix);
  }

  read(header: string | undefined): string | undefined {
    const value = header === undefined ? undefined : parseCookie(header)[this.name];
    return value === '' ? undefined : value;
  }

  /** Without an age: the server ends sessions, and the browser forgets with its last window. */
  set(reply: FastifyReply, token: string): void {
    void reply.header('set-cookie', this.#render(token));
  }

  clear(reply: FastifyReply): void {
    void reply.header('set-cookie', this.#render('', 0));
  }

  #render(value: string, maxAge?: number): string {
    return stringifySetCookie({
      name: this.name,
      value,
      path: '/',
      httpOnly: true,
      secure: this.#secure,
      sameSite: 'lax',
      ...(maxAge !== undefined && { maxAge }),
    });
  }
}
