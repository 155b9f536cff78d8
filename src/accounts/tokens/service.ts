import { Injectable } from '@nestjs/common';
import type { Trace } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import { newSecret, secretHash } from '../../platform/crypto/secret.ts';
import type { Tx } from '../../platform/database/database.ts';
import { deriveId } from '../../platform/ids.ts';
import { permissionsAmong } from '../grants/model.ts';
import { GrantService } from '../grants/service.ts';
import { AccountStore } from '../logins/store.ts';
import { assertToken, type Token } from './model.ts';
import { TokenStore } from './store.ts';

export interface NewToken {
  readonly accountId: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly expiresAt: Instant;
}

/** `at` is real time. */
export interface TokenCommand {
  readonly commandId: string;
  readonly at: Instant;
  readonly trace?: Trace;
}

export interface IssuedToken {
  readonly token: Token;
  /** Shown once; only its digest is kept. */
  readonly secret: string;
}

/** Lets a secret scanner recognise what leaked. */
const PREFIX = 'cobuild_';

@Injectable()
export class TokenService {
  readonly #store: TokenStore;
  readonly #accounts: AccountStore;
  readonly #grants: GrantService;
  readonly #audit: AuditService;

  constructor(store: TokenStore, accounts: AccountStore, grants: GrantService, audit: AuditService) {
    this.#store = store;
    this.#accounts = accounts;
    this.#grants = grants;
    this.#audit = audit;
  }

  /** Refuses `ACCOUNT_UNKNOWN`, `ACCOUNT_CLOSED`, `TOKEN_LIFE`, `TOKEN_PERMISSION`. */
  async issue(tx: Tx, wanted: NewToken, command: TokenCommand): Promise<IssuedToken> {
    const account = (await this.#accounts.byId(tx, wanted.accountId)) ?? refuse('ACCOUNT_UNKNOWN', 'unknown');
    if (account.state === 'closed') refuse('ACCOUNT_CLOSED', 'state');
    const held = permissionsAmong(await this.#grants.inForce(tx, account.personId, command.at));
    assertToken(wanted.permissions, wanted.expiresAt, command.at, held);
    const token: Token = {
      id: deriveId(command.commandId, `token ${wanted.accountId}`),
      accountId: wanted.accountId,
      name: wanted.name,
      permissions: [...new Set(wanted.permissions)].sort(),
      createdAt: command.at,
      expiresAt: wanted.expiresAt,
      revokedAt: null,
    };
    const secret = `${PREFIX}${newSecret().secret}`;
    await this.#store.insert(tx, token, secretHash(secret));
    await this.#record(tx, command, 'accounts.tokenIssued', token);
    return { token, secret };
  }

  async ofAccount(tx: Tx, accountId: string): Promise<Token[]> {
    return this.#store.ofAccount(tx, accountId);
  }

  /** Refuses `TOKEN_UNKNOWN`, also for a token revoked already. */
  async revoke(tx: Tx, accountId: string, tokenId: string, command: TokenCommand): Promise<Token> {
    const token = await this.#store.revoke(tx, accountId, tokenId, command.at);
    if (!token) return refuse('TOKEN_UNKNOWN', 'unknown');
    await this.#record(tx, command, 'accounts.tokenRevoked', token);
    return token;
  }

  async #record(tx: Tx, { at, trace, commandId }: TokenCommand, action: string, token: Token): Promise<void> {
    const subject = `account:${token.accountId}`;
    const changes = { token: token.id, permissions: token.permissions.join(' ') };
    await this.#audit.record(tx, { commandId, ...trace, at, action, subject, outcome: 'done', changes });
  }
}
