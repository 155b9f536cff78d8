import createClient from 'openapi-fetch';
import { languageNow } from '../texts/i18n.ts';
import { headersOf, takeEarly } from './early.ts';
import { newId } from './ids.ts';
import { problemFrom, unreachable } from './problem.ts';
import type { paths } from './schema.d.ts';
import { secondFactorShown, sessionRenewed } from './session.ts';

/** Requests for the session itself are answered as they are. */
const UNRENEWED = ['/api/v1/sign-in', '/api/v1/sign-out'];
/** Kept beside the typing, which nothing interrupts: the person is asked when the form is sent. */
const OF_DRAFTS = /^\/api\/v1\/me\/drafts(\/|$)/;
const OF_SECOND_FACTOR = /^\/api\/v1\/second-factor(\/|$)/;

/**
 * What every request of the page has in common: the reader's language, the mark of a browser's command, a request id that
 * shows in the server's log. A session that ended meanwhile is renewed by the person, a missing second factor is shown by them,
 * and the same request goes out again.
 */
async function send(request: Request): Promise<Response> {
  const requestId = newId();
  for (const [name, value] of Object.entries(headersOf(requestId, languageNow()))) request.headers.set(name, value);
  if (request.method !== 'GET') request.headers.set('x-cobuild', '1');
  const again = request.clone();
  const answer = await (takeEarly(request) ?? fetch(request)).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable(requestId);
  });
  if (answer.ok) return answer;
  const problem = await problemFrom(answer);
  const { pathname } = new URL(request.url);
  if (problem.code === 'NOT_SIGNED_IN' && !UNRENEWED.includes(pathname) && !OF_DRAFTS.test(pathname) && (await sessionRenewed())) return send(again);
  if (problem.code === 'SECOND_FACTOR_NEEDED' && !OF_SECOND_FACTOR.test(pathname) && (await secondFactorShown())) return send(again);
  throw problem;
}

/** `api.GET('/api/v1/…')`, typed by `openapi.json`. Whatever is no success is thrown as a `Problem`. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: send });

/** The body of a successful answer. */
export async function read<Data>(answer: Promise<{ data?: Data }>): Promise<Data> {
  return (await answer).data as Data;
}

/** Where the browser fetches a file itself. */
export function fileUrl(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const wanted = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  return wanted.length === 0 ? path : `${path}?${new URLSearchParams(wanted).toString()}`;
}
