import { initialLanguage } from '../texts/language.ts';
import { newId } from './ids.ts';

/** Whoever asks later than this wants to know how things are then. */
const FRESH_MS = 10_000;

interface Asked {
  readonly at: number;
  readonly answer: Promise<Response>;
}

const asked = new Map<string, Asked>();

/** What every request of the page says; written here, in a file that needs no library, for questions that go out before any is there. */
export function headersOf(requestId: string, language: string): Record<string, string> {
  return { 'accept-language': language, 'x-request-id': requestId };
}

/** Asks for `path` (with its query) while the scripts that will want the answer are still on their way. */
export function askEarly(path: string): Promise<Response> {
  const answer = fetch(path, { headers: headersOf(newId(), initialLanguage()) });
  // Whoever takes it hears of a failure; nobody may.
  answer.catch(() => undefined);
  asked.set(path, { at: performance.now(), answer });
  return answer;
}

/** The answer to the same question, once. */
export function takeEarly(request: Request): Promise<Response> | undefined {
  const { pathname, search } = new URL(request.url);
  const early = asked.get(pathname + search);
  if (request.method !== 'GET' || early === undefined) return undefined;
  asked.delete(pathname + search);
  if (performance.now() - early.at > FRESH_MS) return undefined;
  return early.answer.then((answer) => answer.clone());
}
