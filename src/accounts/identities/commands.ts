import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { traceOf } from '../../audit/model.ts';
import { WallClock } from '../../calendar/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Config } from '../../platform/config.ts';
import { open, seal } from '../../platform/crypto/envelope.ts';
import { Database } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { once, type RequestKey } from '../../platform/http/idempotency.ts';
import { LOG, type Log } from '../../platform/logging.ts';
import { CONFIG } from '../../platform/module.ts';
import { Departure, OpenIdClient } from '../../platform/openid/client.ts';
import { SignInService, type Circumstances } from '../sign-in/service.ts';
import { isBackInTime } from './model.ts';
import { identityView, type IdentityList, type IdentityView } from './schemas.ts';
import { IdentityService, type IdentityCommand } from './service.ts';

const Luggage = Departure.extend({ leftAt: z.string().transform((text) => text as Instant) });
const CONTEXT = 'openid departure';

/** Signing in at the configured provider, and who may. Real time throughout. */
@Injectable()
export class IdentityCommands {
  readonly #db: Database;
  readonly #identities: IdentityService;
  readonly #signIn: SignInService;
  readonly #wall: WallClock;
  readonly #client: OpenIdClient | undefined;
  readonly #keys: Config['keys']['payload'];
  /** Shown on the button. */
  readonly label: string | undefined;

  constructor(
    db: Database,
    identities: IdentityService,
    signIn: SignInService,
    wall: WallClock,
    @Inject(CONFIG) config: Config,
    @Inject(LOG) log: Log,
  ) {
    this.#db = db;
    this.#identities = identities;
    this.#signIn = signIn;
    this.#wall = wall;
    this.#client = config.openid && new OpenIdClient(config.openid, log);
    this.#keys = config.keys.payload;
    this.label = config.openid?.label;
  }

  /** Where to send the browser, and what it must bring back, sealed. Refuses `OPENID_NONE`, `OPENID_UNAVAILABLE`. */
  async depart(): Promise<{ address: string; luggage: string }> {
    const client = this.#client ?? refuse('OPENID_NONE', 'unknown');
    const { address, departure } = await client.depart();
    const [key] = this.#keys;
    if (!key) throw new Error('no key to seal with');
    const bytes = Buffer.from(JSON.stringify({ ...departure, leftAt: this.#wall.now() }), 'utf8');
    return { address, luggage: seal(key, bytes, CONTEXT).toString('base64url') };
  }

  /**
   * Answers the secret of a new session. Refuses `OPENID_NONE`, `OPENID_REFUSED`, `OPENID_UNLINKED`, `OPENID_UNAVAILABLE`.
   */
  async arrive(query: string, luggage: string | undefined, trace: Omit<Circumstances, 'at'>): Promise<string> {
    const client = this.#client ?? refuse('OPENID_NONE', 'unknown');
    const at = this.#wall.now();
    const packed = this.#unpack(luggage);
    if (!packed || !isBackInTime(packed.leftAt, at)) return refuse('OPENID_REFUSED', 'unauthenticated');
    const { leftAt: _, ...departure } = packed;
    const account = await this.#identities.find(await client.arrive(query, departure));
    const secret = await this.#signIn.signInLinked(account, { ...trace, at });
    return secret ?? refuse('OPENID_UNLINKED', 'unauthenticated');
  }

  async list(caller: Caller, accountId: string): Promise<z.infer<typeof IdentityList>> {
    return this.#db.within(scopeFor(caller, 'accounts.manage'), async (tx) => ({
      items: (await this.#identities.ofAccount(tx, accountId)).map(identityView),
    }));
  }

  async link(caller: Caller, key: RequestKey, accountId: string, subject: string): Promise<z.infer<typeof IdentityView>> {
    const command = this.#command(caller, key);
    return once(this.#db, scopeFor(caller, 'accounts.manage'), key, command.at, async (tx) =>
      identityView(await this.#identities.link(tx, accountId, subject, command)),
    );
  }

  async unlink(caller: Caller, key: RequestKey, accountId: string, id: string): Promise<z.infer<typeof IdentityView>> {
    const command = this.#command(caller, key);
    return once(this.#db, scopeFor(caller, 'accounts.manage'), key, command.at, async (tx) =>
      identityView(await this.#identities.unlink(tx, accountId, id, command)),
    );
  }

  #command(caller: Caller, key: RequestKey): IdentityCommand {
    return { commandId: key.commandId, at: this.#wall.now(), trace: traceOf(caller, key) };
  }

  #unpack(luggage: string | undefined): z.output<typeof Luggage> | undefined {
    if (luggage === undefined) return undefined;
    try {
      return Luggage.parse(JSON.parse(open(this.#keys, Buffer.from(luggage, 'base64url'), CONTEXT).toString('utf8')));
    } catch {
      // Forged, or sealed by a key that is gone.
      return undefined;
    }
  }
}
