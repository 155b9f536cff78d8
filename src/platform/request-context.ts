import { AsyncLocalStorage } from 'node:async_hooks';

export interface RequestContext {
  readonly requestId: string;
}

/** Carries the request id to every log line written on the request's behalf. */
export const requestContext = new AsyncLocalStorage<RequestContext>();
