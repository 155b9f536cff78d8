import type { FastifyReply, FastifyRequest } from 'fastify';
import { fill, type Language, type Texts } from '../../kernel/texts.ts';
import { failureFrom, type Failure } from './failure.ts';
import { languageOf } from './language.ts';

/** RFC 9457, with our stable code. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
  /** `at`: JSON pointer into the body, `?name` of the query, `:name` of the path, `row:column` of a file. */
  readonly errors: readonly { readonly at: string; readonly code: string; readonly detail: string }[];
  readonly requestId: string;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export function problemOf(failure: Failure, texts: Texts, language: Language, requestId: string): Problem {
  const say = (key: string, params: Failure['params'] = {}): string | undefined => {
    const text = texts[key]?.[language];
    return text === undefined ? undefined : fill(text, params);
  };
  const title = say(`problem.${failure.status}`) ?? failure.code;
  return {
    type: `urn:cobuild:problem:${failure.code}`,
    title,
    status: failure.status,
    code: failure.code,
    detail: say(`error.${failure.code}`, failure.params) ?? title,
    params: failure.params,
    errors: failure.errors.map(({ at, code, params }) => ({ at, code, detail: say(`error.${code}`, params) ?? code })),
    requestId,
  };
}

/** Every refusal and failure leaves through here, whether Nest, Fastify or a hook met it. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, texts: Texts): Failure {
  const failure = failureFrom(error);
  const language = languageOf(request.headers['accept-language']);
  const retryAfter = failure.params['retryAfterSeconds'] ?? (failure.status === 503 ? 1 : undefined);
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  if (failure.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply
    .status(failure.status)
    .headers({
      'content-type': PROBLEM_TYPE,
      'content-language': language === 'zh' ? 'zh-CN' : 'en',
      vary: 'accept-language',
      'x-request-id': request.id,
      'cache-control': 'no-store',
    })
    .removeHeader('etag')
    .send(JSON.stringify(problemOf(failure, texts, language, request.id)));
  return failure;
}
