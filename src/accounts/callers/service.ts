import { Inject, Injectable } from '@nestjs/common';
import type { ActorId, TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Config } from '../../platform/config.ts';
import { secretHash } from '../../platform/crypto/secret.ts';
import { Database } from '../../platform/database/database.ts';
import type { Authenticator, Caller, Credentials } from '../../platform/http/caller.ts';
import { CONFIG } from '../../platform/module.ts';
import { grantsOf, type HeldRole } from '../model.ts';
import { withoutGuarded } from '../second-factor/model.ts';
import { narrowed } from '../tokens/model.ts';

interface KnownCaller {
  readonly tenant_id: TenantId;
  readonly account_id: string;
  readonly person_id: string;
  readonly grants: readonly HeldRole[];
}

interface SessionCaller extends KnownCaller {
  readonly password_expires_at: Instant | null;
  readonly second_factor_at: Instant | null;
}

interface TokenCaller extends KnownCaller {
  readonly permissions: readonly string[];
}

/** Who sends a request, in one round trip to the database; a person is the actor, whichever account is used. */
@Injectable()
export class CallerService implements Authenticator {
  readonly #db: Database;
  readonly #demandsSecondFactor: boolean;

  constructor(db: Database, @Inject(CONFIG) config: Config) {
    this.#db = db;
    this.#demandsSecondFactor = config.http.secondFactor === 'required';
  }

  async authenticate({ cookie, bearer }: Credentials, at: Instant): Promise<Caller | undefined> {
    if (bearer !== undefined) return this.#byToken(bearer, at);
    return cookie === undefined ? undefined : this.#bySession(cookie, at);
  }

  /** With a one-time password one may only set an own one: no grant counts yet. */
  async #bySession(secret: string, at: Instant): Promise<Caller | undefined> {
    const [known] = await this.#db.door<SessionCaller>('door_session', [secretHash(secret), at]);
    if (!known) return undefined;
    const grants = known.password_expires_at === null ? grantsOf(known.grants) : [];
    const secondFactor = known.second_factor_at !== null;
    const guarded = this.#demandsSecondFactor && !secondFactor;
    return { ...whoIs(known), via: 'session', secondFactor, ...(guarded ? withoutGuarded(grants) : { grants, withheld: [] }) };
  }

  async #byToken(secret: string, at: Instant): Promise<Caller | undefined> {
    const [known] = await this.#db.door<TokenCaller>('door_token', [secretHash(secret), at]);
    const grants = known && narrowed(grantsOf(known.grants), known.permissions);
    return known && grants && { ...whoIs(known), via: 'token', grants, secondFactor: false, withheld: [] };
  }
}

type Identity = Pick<Caller, 'tenant' | 'accountId' | 'personId' | 'actor'>;

function whoIs({ tenant_id, account_id, person_id }: KnownCaller): Identity {
  return { tenant: tenant_id, accountId: account_id, personId: person_id, actor: person_id as ActorId };
}
