import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  discovery,
  enableNonRepudiationChecks,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import { z } from 'zod';
import { refuse } from '../../kernel/refusal.ts';
import type { Config } from '../config.ts';
import type { Log } from '../logging.ts';

/** A person waits: the provider is asked twice at most in one step. */
const TIMEOUT_SECONDS = 4;

/** What must come back as it went out; kept with the browser alone, sealed. */
export const Departure = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() });

export interface Identity {
  readonly issuer: string;
  /** The provider's name for the person: never an e-mail address, which may pass to somebody else. */
  readonly subject: string;
}

/**
 * Signing in at a provider of OpenID Connect: authorization code with PKCE, state and nonce. Issuer, audience, times,
 * algorithm and signature of the ID token are all verified, also when it came straight from the provider.
 */
export class OpenIdClient {
  readonly #settings: NonNullable<Config['openid']>;
  readonly #log: Log;
  #found: Promise<Configuration> | undefined;

  constructor(settings: NonNullable<Config['openid']>, log: Log) {
    this.#settings = settings;
    this.#log = log;
  }

  /** Where to send the browser. Refuses `OPENID_UNAVAILABLE`. */
  async depart(): Promise<{ address: string; departure: z.infer<typeof Departure> }> {
    const departure = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const provider = await this.#provider();
    const address = buildAuthorizationUrl(provider, {
      redirect_uri: this.#settings.redirectUri,
      scope: 'openid',
      state: departure.state,
      nonce: departure.nonce,
      code_challenge: await calculatePKCECodeChallenge(departure.verifier),
      code_challenge_method: 'S256',
    });
    return { address: address.href, departure };
  }

  /** `query`: what the browser brought back, as it stands in the address. Refuses `OPENID_UNAVAILABLE`, `OPENID_REFUSED`. */
  async arrive(query: string, departure: z.infer<typeof Departure>): Promise<Identity> {
    const provider = await this.#provider();
    try {
      const tokens = await authorizationCodeGrant(provider, new URL(`${this.#settings.redirectUri}?${query}`), {
        expectedState: departure.state,
        expectedNonce: departure.nonce,
        pkceCodeVerifier: departure.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims) return { issuer: claims.iss, subject: claims.sub };
    } catch (error) {
      // Only the code of the failure: messages of the provider may hold anything.
      this.#log.warn({ code: codeOf(error) }, 'an OpenID sign-in was not accepted');
    }
    return refuse('OPENID_REFUSED', 'unauthenticated');
  }

  /** Read when first needed, and again after a failure: the provider may start later than this process. */
  async #provider(): Promise<Configuration> {
    const { issuer, clientId, clientSecret, insecure } = this.#settings;
    const execute = [enableNonRepudiationChecks, ...(insecure ? [allowInsecureRequests] : [])];
    const authentication = clientSecret === undefined ? None() : ClientSecretBasic(clientSecret);
    const options = { execute, timeout: TIMEOUT_SECONDS };
    this.#found ??= discovery(new URL(issuer), clientId, {}, authentication, options);
    try {
      return await this.#found;
    } catch (error) {
      this.#found = undefined;
      this.#log.warn({ code: codeOf(error) }, 'the OpenID provider does not answer');
      return refuse('OPENID_UNAVAILABLE', 'unavailable');
    }
  }
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}
