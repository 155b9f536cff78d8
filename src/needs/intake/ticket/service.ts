import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { refuse } from '../../../kernel/refusal.ts';
import { tenantId, type TenantId } from '../../../kernel/scope.ts';
import { instantFromMs, msOf, type Instant } from '../../../kernel/time.ts';
import { BlindIndex } from '../../../platform/crypto/blind-index.ts';

const FIELD = 'needs.formTicket';
const SHAPE = /^([a-z][a-z0-9-]{1,30})\.([A-Za-z0-9]{1,20})\.([0-9a-z]{6,12})\.([\w-]{16})\.([\w-]{43})$/;

export interface Ticket {
  readonly tenant: TenantId;
  /** `needs`, or the code of a survey. */
  readonly form: string;
  readonly issuedAt: Instant;
  /** Spent with the first submission. */
  readonly id: string;
}

/**
 * Says that a form was opened, when, and which one, without keeping anything: signed with a key that no page knows.
 * Real time, because a robot's haste is real, even in a tenant whose clock stands still.
 */
@Injectable()
export class FormTickets {
  readonly #index: BlindIndex;

  constructor(index: BlindIndex) {
    this.#index = index;
  }

  issue(tenant: TenantId, form: string, now: Instant): string {
    const body = [tenant, form, msOf(now).toString(36), randomBytes(12).toString('base64url')].join('.');
    return `${body}.${this.#index.of(tenant, FIELD, body).toString('base64url')}`;
  }

  /** Refuses `TICKET_INVALID` for what was not issued by us or, if one is named, for another form. */
  read(text: string, form?: string): Ticket {
    const [, tenantText = '', of = '', issued = '', id = '', signature = ''] = SHAPE.exec(text) ?? refuse('TICKET_INVALID', 'rule');
    const tenant = tenantId(tenantText);
    const given = Buffer.from(signature, 'base64url');
    const body = text.slice(0, text.lastIndexOf('.'));
    const known = this.#index.candidates(tenant, FIELD, body).some((it) => it.length === given.length && timingSafeEqual(it, given));
    if (!known || (form !== undefined && of !== form)) refuse('TICKET_INVALID', 'rule');
    return { tenant, form: of, issuedAt: instantFromMs(Number.parseInt(issued, 36)), id };
  }
}
