import { createApi, type Api } from '../../src/api.ts';
import type { Config } from '../../src/platform/config.ts';
import { createLog } from '../../src/platform/logging.ts';
import { testConfig } from './config.ts';
import type { TestDatabase } from './database.ts';
import { HttpClient } from './http.ts';

export interface TestApiOptions {
  readonly database: Pick<TestDatabase, 'url'>;
  /** Absent: cases cannot be reached, everything else works. */
  readonly temporalAddress?: string;
  readonly taskQueue?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of the built page; absent: there is none. */
  readonly page?: string;
}

export interface TestApi {
  readonly api: Api;
  readonly config: Config;
  readonly url: string;
  /** Log lines, as written. */
  readonly lines: readonly string[];
  /** Nobody yet, on a page of the configured origin. */
  page(): HttpClient;
  /** A browser that holds this session cookie. */
  browser(session: string): HttpClient;
  /** A program with this token; sends neither Origin nor the mark. */
  program(token: string): HttpClient;
  stop(): Promise<void>;
}

/** The real API process, on a free port, with lifted limits; `env` wins over everything. */
export async function startTestApi(options: TestApiOptions): Promise<TestApi> {
  const config = testConfig({
    DATABASE_URL: options.database.url,
    ...(options.temporalAddress && { TEMPORAL_ADDRESS: options.temporalAddress }),
    ...(options.taskQueue && { TEMPORAL_TASK_QUEUE: options.taskQueue }),
    ...options.env,
  });
  const lines: string[] = [];
  const api = await createApi(config, createLog('info', { write: (line) => void lines.push(line) }), options.page);
  const url = await api.listen();
  const origin = config.http.origins[0];
  const cookie = origin?.startsWith('https:') ? '__Host-cobuild' : `cobuild_${config.http.cookieInstance}`;
  return {
    api,
    config,
    url,
    lines,
    page: () => new HttpClient(url, { origin }),
    browser: (session) => new HttpClient(url, { origin, cookie: `${cookie}=${session}` }),
    program: (token) => new HttpClient(url, { authorization: `Bearer ${token}`, 'x-cobuild': undefined }),
    stop: () => api.stop(),
  };
}
