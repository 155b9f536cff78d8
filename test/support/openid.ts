import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import Provider from 'oidc-provider';

export const CLIENT = { id: 'cobuild', secret: 'a-secret-of-the-test' };

export interface RunningProvider {
  readonly issuer: string;
  stop(): Promise<void>;
}

/** A real provider (oidc-provider) whose pages let anybody in under the name they type. */
export async function startProvider(redirectUri: string): Promise<RunningProvider> {
  const server = createServer();
  const issuer = await listening(server);
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri] }],
    pkce: { required: () => true },
    cookies: { keys: ['of the test'] },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  });
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  return { issuer, stop: () => stopped(server) };
}

/** Goes through the provider's pages as a person would; answers the address it sends the browser back to. */
export async function walkThrough(address: string, name: string, back: string): Promise<string> {
  const jar = new Map<string, string>();
  let next: { url: string; form?: Record<string, string> } = { url: address };
  for (let step = 0; step < 20; step++) {
    const answer = await fetch(next.url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; ') },
      ...(next.form && { method: 'POST', body: new URLSearchParams(next.form) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(key, value);
    }
    const location = answer.headers.get('location');
    if (location?.startsWith(back)) return location;
    if (location) {
      next = { url: new URL(location, next.url).href };
      continue;
    }
    const page = await answer.text();
    const [, action] = /<form[^>]+action="([^"]+)"/.exec(page) ?? [];
    const [, prompt] = /name="prompt" value="([^"]+)"/.exec(page) ?? [];
    if (!action || !prompt) throw new Error(`a page without a form: ${answer.status} ${page.slice(0, 500)}`);
    next = { url: new URL(action, next.url).href, form: { prompt, login: name, password: 'any' } };
  }
  throw new Error('the provider never sent the browser back');
}

export interface Forgery {
  readonly claims?: JWTPayload;
  /** Signed with a key that the provider does not publish. */
  readonly strangeKey?: boolean;
  /** `alg: none`. */
  readonly unsigned?: boolean;
  readonly expired?: boolean;
}

export interface Forger extends RunningProvider {
  /** What the next token is like; `nonce` is the one of the departure unless `claims` say otherwise. */
  prepare(nonce: string, forgery: Forgery): void;
}

/** A provider that issues tokens as the test wants them. */
export async function startForger(): Promise<Forger> {
  const [own, strange] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  let prepared: { nonce: string; forgery: Forgery } = { nonce: '', forgery: {} };
  const server = createServer();
  const issuer = await listening(server);
  const idToken = async (): Promise<string> => {
    const { nonce, forgery } = prepared;
    const now = Math.floor(Date.now() / 1000) - (forgery.expired ? 3600 : 0);
    const claims = { iss: issuer, aud: CLIENT.id, sub: 'forged', nonce, iat: now, exp: now + 300, ...forgery.claims };
    if (forgery.unsigned) return new UnsecuredJWT(claims).encode();
    const signer = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1' });
    return signer.sign(forgery.strangeKey ? strange.privateKey : own.privateKey);
  };
  server.on('request', (request, response) => {
    void (async () => {
      const bodies: Record<string, unknown> = {
        '/.well-known/openid-configuration': {
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        },
        '/jwks': { keys: [jwk] },
        '/token': { access_token: 'a', token_type: 'bearer', id_token: await idToken() },
      };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(bodies[request.url ?? ''] ?? {}));
    })();
  });
  return {
    issuer,
    stop: () => stopped(server),
    prepare: (nonce, forgery) => {
      prepared = { nonce, forgery };
    },
  };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function stopped(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
