import { z } from 'zod';
import { namedKeys, type NamedKey } from './keys.ts';


/** Everything a process is told from outside, checked once at its start. */
export interface Config {
  readonly environment: 'production' | 'development' | 'test';
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Origins a browser may send commands from, e.g. `https://cobuild.example.org`. */
    readonly origins: readonly string[];
    /** Addresses or networks of proxies whose X-Forwarded-* headers are believed; empty: none. */
    readonly trustProxy: readonly string[];
    /** Part of the cookie's name: cookies ignore ports, so two instances on one host need two names. */
    readonly cookieInstance: string;
    readonly rateLimits: 'default' | 'lifted';
    /** How long a repeated request is answered from what is stored. */
    readonly keyDays: number;
    /** `required`: money, rules, rights and secrets ask for a one-time code in each session. */
    readonly secondFactor: 'required' | 'off';
  };
  readonly database: {
    readonly url: string;
    readonly poolSize: number;
  };
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    readonly taskQueue: string;
    readonly workflowTaskTimeoutMs: number;
    /** Ends a hanging publish before its workflow task times out. */
    readonly publishTimeoutMs: number;
    /** How long a command's first sender has for itself. */
    readonly sweepAfterMs: number;
  };
  readonly keys: {
    /** The first one writes, all read. */
    readonly payload: readonly NamedKey[];
    readonly subject: readonly NamedKey[];
    readonly pepper: readonly [NamedKey, ...NamedKey[]];
    /** Seeds of Ed25519: the first one signs anchors of the record, all are published. */
    readonly anchor: readonly NamedKey[];
  };
  /** Lists taken out as files. */
  readonly exports: {
    /** Rows of personal data that one person may take out alone within a day; more needs another person's release. */
    readonly aloneRows: number;
    readonly mostRows: number;
    /** How long a file may be fetched. */
    readonly hours: number;
  };
  /** Signing in elsewhere too (OpenID Connect). */
  readonly openid?: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret?: string;
    /** What the button says. */
    readonly label: string;
    readonly redirectUri: string;
    /** A provider on plain http: never in production. */
    readonly insecure: boolean;
  };
  /** By which the record's anchors leave the house; absent: they do not. */
  readonly mail?: { readonly url: string; readonly from: string; readonly anchorsTo: readonly string[] };
  /** Shows sealed payloads in Temporal's own page; absent: nothing does. */
  readonly codec?: { readonly origins: readonly string[]; readonly port: number };
  /** Of lists that no restore may take back: erasures, anchors; absent: none are kept. */
  readonly outsideFolder?: string;
  /** For fault tests: where the process kills itself, e.g. `publish.committed:3`, or stops: `publish.open:2:pause`. */
  readonly crashPoint?: string;
  readonly log: { readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent' };
}

/** Who may write the tables; only the one-shot migration is told. */
export interface MigrationConfig {
  /** `cobuild_migrator`, which takes on the role `cobuild_owner`. */
  readonly migrationUrl: string;
  /** A superuser, to create the five roles; absent where an administrator has made them. */
  readonly adminUrl?: string;
  /** Whose password the application's role is given; needed together with `adminUrl`. */
  readonly url?: string;
}

/** Names every key that is wrong, so that a set-up is repaired in one round; never prints a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' });

const origin = z
  .string()
  .refine((text) => URL.canParse(text) && new URL(text).origin === text, 'must be an origin such as https://host[:port]');

const environment = z.enum(['production', 'development', 'test']).default('production');

const serviceKeys = z.object({
  NODE_ENV: environment,
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65535).default(3000),
  ORIGINS: list.pipe(z.array(origin).min(1, 'must name at least one origin')),
  TRUST_PROXY: list.default([]),
  COOKIE_INSTANCE: z
    .string()
    .regex(/^[a-z0-9-]{1,20}$/, 'must be 1 to 20 of a-z, 0-9 and -')
    .default('main'),
  RATE_LIMITS: z.enum(['default', 'lifted']).default('default'),
  IDEMPOTENCY_KEY_DAYS: z.coerce.number().int().min(1).max(365).default(30),
  SECOND_FACTOR: z.enum(['required', 'off']).default('required'),
  DATABASE_URL: postgresUrl,
  DATABASE_POOL_SIZE: wholeNumber(2, 200).default(10),
  TEMPORAL_ADDRESS: z.string().regex(/^[^\s:/]+:\d+$/, 'must be host:port'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_TASK_QUEUE: z.string().min(1).default('cobuild'),
  WORKFLOW_TASK_TIMEOUT_MS: wholeNumber(1000, 60_000).default(10_000),
  PUBLISH_TIMEOUT_MS: wholeNumber(100, 60_000).default(2000),
  SWEEP_AFTER_MS: wholeNumber(1000, 3_600_000).default(30_000),
  PAYLOAD_KEYS: namedKeys,
  SUBJECT_KEYS: namedKeys,
  PASSWORD_PEPPER: namedKeys,
  ANCHOR_KEYS: namedKeys,
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).max(200).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).max(500).optional(),
  OIDC_LABEL: z.string().min(1).max(40).default('统一身份认证'),
  // Our own assumption: 个人信息保护法 art. 51 asks for graded rights of handling, and names no number.
  EXPORT_ALONE_ROWS: wholeNumber(0, 100_000).default(200),
  EXPORT_MOST_ROWS: wholeNumber(100, 1_000_000).default(50_000),
  EXPORT_HOURS: wholeNumber(1, 168).default(24),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be smtp://… or smtps://…' }).optional(),
  MAIL_FROM: z.email().optional(),
  ANCHOR_MAIL_TO: list.pipe(z.array(z.email()).min(1)).optional(),
  CODEC_ORIGINS: list.pipe(z.array(origin).min(1)).optional(),
  CODEC_PORT: wholeNumber(0, 65535).default(8188),
  OUTSIDE_FOLDER: z.string().optional(),
  CRASH_POINT: z
    .string()
    .regex(/^[a-z.]+:\d{1,6}(:pause)?$/, 'must be <point>:<count> or <point>:<count>:pause')
    .optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

const migrationKeys = z.object({
  NODE_ENV: environment,
  DATABASE_MIGRATION_URL: postgresUrl,
  DATABASE_ADMIN_URL: postgresUrl.optional(),
  DATABASE_URL: postgresUrl.optional(),
});

type Environment = Readonly<Record<string, string | undefined>>;

/** An empty value counts as absent: compose files pass `NAME=` for what is not set. */
function present(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
}

function check<Schema extends z.ZodType>(
  schema: Schema,
  env: Environment,
  rules: (read: z.output<Schema>) => readonly (string | false)[],
): z.output<Schema> {
  const parsed = schema.safeParse(present(env));
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => {
        const key = String(issue.path[0]);
        return present(env)[key] === undefined ? `${key} is missing` : `${key}: ${issue.message}`;
      }),
    );
  }
  const broken = rules(parsed.data).filter((rule) => rule !== false);
  if (broken.length > 0) throw new ConfigError(broken);
  return parsed.data;
}

/** What `npm start` generates for a trial carries this word: such secrets lie in a work folder. */
const SAMPLE = /^sample/;

function isSamplePassword(url: string): boolean {
  return SAMPLE.test(decodeURIComponent(new URL(url).password));
}

/** Throws `ConfigError` with every wrong key. */
export function loadConfig(env: Environment): Config {
  const read = check(serviceKeys, env, (it) => {
    const live = it.NODE_ENV === 'production';
    const sample = 'holds a sample secret, which production refuses';
    return [
      live && it.PAYLOAD_KEYS.some((key) => SAMPLE.test(key.id)) && `PAYLOAD_KEYS ${sample}`,
      live && it.SUBJECT_KEYS.some((key) => SAMPLE.test(key.id)) && `SUBJECT_KEYS ${sample}`,
      live && it.PASSWORD_PEPPER.some(({ id }) => SAMPLE.test(id)) && `PASSWORD_PEPPER ${sample}`,
      live && it.ANCHOR_KEYS.some((key) => SAMPLE.test(key.id)) && `ANCHOR_KEYS ${sample}`,
      live && isSamplePassword(it.DATABASE_URL) && `DATABASE_URL ${sample}`,
      live && it.CRASH_POINT !== undefined && 'CRASH_POINT is for tests; production refuses it',
      live && it.RATE_LIMITS === 'lifted' && 'RATE_LIMITS=lifted is for tests; production refuses it',
      live && it.SECOND_FACTOR === 'off' && 'SECOND_FACTOR=off is for trials and tests; production refuses it',
      live && it.OIDC_ISSUER?.startsWith('http:') === true && 'OIDC_ISSUER must be https in production',
      it.OIDC_ISSUER !== undefined && it.OIDC_CLIENT_ID === undefined && 'OIDC_CLIENT_ID is missing: OIDC_ISSUER is set',
      (it.SMTP_URL !== undefined || it.ANCHOR_MAIL_TO !== undefined) &&
        (it.SMTP_URL === undefined || it.MAIL_FROM === undefined || it.ANCHOR_MAIL_TO === undefined) &&
        'SMTP_URL, MAIL_FROM and ANCHOR_MAIL_TO belong together',
      it.PUBLISH_TIMEOUT_MS >= it.WORKFLOW_TASK_TIMEOUT_MS &&
        'PUBLISH_TIMEOUT_MS must be less than WORKFLOW_TASK_TIMEOUT_MS',
    ];
  });
  return {
    environment: read.NODE_ENV,
    http: {
      host: read.HOST,
      port: read.PORT,
      origins: read.ORIGINS,
      trustProxy: read.TRUST_PROXY,
      cookieInstance: read.COOKIE_INSTANCE,
      rateLimits: read.RATE_LIMITS,
      keyDays: read.IDEMPOTENCY_KEY_DAYS,
      secondFactor: read.SECOND_FACTOR,
    },
    database: { url: read.DATABASE_URL, poolSize: read.DATABASE_POOL_SIZE },
    temporal: {
      address: read.TEMPORAL_ADDRESS,
      namespace: read.TEMPORAL_NAMESPACE,
      taskQueue: read.TEMPORAL_TASK_QUEUE,
      workflowTaskTimeoutMs: read.WORKFLOW_TASK_TIMEOUT_MS,
      publishTimeoutMs: read.PUBLISH_TIMEOUT_MS,
      sweepAfterMs: read.SWEEP_AFTER_MS,
    },
    keys: { payload: read.PAYLOAD_KEYS, subject: read.SUBJECT_KEYS, pepper: read.PASSWORD_PEPPER, anchor: read.ANCHOR_KEYS },
    exports: { aloneRows: read.EXPORT_ALONE_ROWS, mostRows: read.EXPORT_MOST_ROWS, hours: read.EXPORT_HOURS },
    ...openidOf(read),
    log: { level: read.LOG_LEVEL },
    ...(read.SMTP_URL !== undefined && read.MAIL_FROM !== undefined && { mail: { url: read.SMTP_URL, from: read.MAIL_FROM, anchorsTo: read.ANCHOR_MAIL_TO ?? [] } }),
    ...(read.CODEC_ORIGINS !== undefined && { codec: { origins: read.CODEC_ORIGINS, port: read.CODEC_PORT } }),
    ...(read.OUTSIDE_FOLDER !== undefined && { outsideFolder: read.OUTSIDE_FOLDER }),
    ...(read.CRASH_POINT !== undefined && { crashPoint: read.CRASH_POINT }),
  };
}

const CALLBACK = '/api/v1/sign-in/openid/callback';

function openidOf(read: z.output<typeof serviceKeys>): Pick<Config, 'openid'> {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_LABEL: label } = read;
  if (issuer === undefined || clientId === undefined) return {};
  const redirectUri = `${read.ORIGINS[0]}${CALLBACK}`;
  const insecure = issuer.startsWith('http:');
  return { openid: { issuer, clientId, label, redirectUri, insecure, ...(clientSecret !== undefined && { clientSecret }) } };
}

/** Throws `ConfigError` with every wrong key. */
export function loadMigrationConfig(env: Environment): MigrationConfig {
  const read = check(migrationKeys, env, (it) => [
    it.DATABASE_ADMIN_URL !== undefined &&
      it.DATABASE_URL === undefined &&
      'DATABASE_URL is missing: with DATABASE_ADMIN_URL the application role is created from it',
    it.NODE_ENV === 'production' &&
      [it.DATABASE_MIGRATION_URL, it.DATABASE_ADMIN_URL, it.DATABASE_URL].some((url) => url && isSamplePassword(url)) &&
      'a database address holds a sample secret, which production refuses',
  ]);
  return {
    migrationUrl: read.DATABASE_MIGRATION_URL,
    ...(read.DATABASE_ADMIN_URL && { adminUrl: read.DATABASE_ADMIN_URL }),
    ...(read.DATABASE_URL && { url: read.DATABASE_URL }),
  };
}
