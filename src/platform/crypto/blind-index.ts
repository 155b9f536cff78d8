import { createHmac, hkdfSync } from 'node:crypto';
import type { TenantId } from '../../kernel/scope.ts';
import type { NamedKey } from '../keys.ts';

/**
 * Finds equal values without reading them: HMAC per tenant and field, so that the same phone in two tenants or two
 * fields cannot be matched. The key is derived and never stored; without it the index cannot be searched by guessing.
 */
export class BlindIndex {
  readonly #keys: readonly Buffer[];

  /** The first key writes; older ones still find what they wrote. */
  constructor(masters: readonly NamedKey[]) {
    this.#keys = masters.map((master) => Buffer.from(hkdfSync('sha256', master.secret, '', 'cobuild blind index', 32)));
  }

  of(tenant: TenantId, field: string, text: string): Buffer {
    const [newest] = this.candidates(tenant, field, text);
    if (!newest) throw new Error('no key for the blind index');
    return newest;
  }

  /** What equal values may be stored as, newest key first. */
  candidates(tenant: TenantId, field: string, text: string): Buffer[] {
    const value = text.normalize('NFKC').replace(/\s+/gu, '');
    return this.#keys.map((key) => createHmac('sha256', key).update(`${tenant}\n${field}\n${value}`).digest());
  }
}
