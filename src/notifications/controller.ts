import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { UnitService } from '../accounts/units/service.ts';
import { BusinessClock, WallClock } from '../calendar/clock.ts';
import { WHOLE_TENANT, type Scope } from '../kernel/scope.ts';
import type { Texts } from '../kernel/texts.ts';
import { parseInstant } from '../kernel/time.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import type { Caller } from '../platform/http/caller.ts';
import { CATALOGUE } from '../platform/http/catalogue.ts';
import { Cursors } from '../platform/http/cursor.ts';
import { CurrentCaller, Key, SignedIn } from '../platform/http/decorators.ts';
import { once, type RequestKey } from '../platform/http/idempotency.ts';
import { languageOf } from '../platform/http/language.ts';
import { render, type Reader } from './model.ts';
import { InboxPage, InboxQuery, ReadAnswer, ReadMany, ReadManyAnswer } from './schemas.ts';
import { NotificationsService } from './service.ts';

const LIST = 'inbox';

/** An inbox is its reader's alone, wherever their grants are. */
function scopeOf(caller: Caller): Scope {
  return { tenant: caller.tenant, orgPath: WHOLE_TENANT, actor: caller.actor };
}

@ApiTags('notifications')
@Controller('api/v1/inbox')
export class InboxController {
  readonly #database: Database;
  readonly #notifications: NotificationsService;
  readonly #units: UnitService;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;
  readonly #cursors: Cursors;
  readonly #texts: Texts;

  constructor(
    database: Database,
    notifications: NotificationsService,
    units: UnitService,
    clock: BusinessClock,
    wall: WallClock,
    cursors: Cursors,
    @Inject(CATALOGUE) texts: Texts,
  ) {
    this.#database = database;
    this.#notifications = notifications;
    this.#units = units;
    this.#clock = clock;
    this.#wall = wall;
    this.#cursors = cursors;
    this.#texts = texts;
  }

  @Get()
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Messages, newest first', standardSchema: InboxPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: InboxQuery }) query: z.infer<typeof InboxQuery>,
    @Headers('accept-language') wished?: string,
  ): Promise<z.infer<typeof InboxPage>> {
    const { after, limit } = this.#cursors.read(LIST, query);
    const language = languageOf(wished);
    return this.#database.within(scopeOf(caller), async (tx) => {
      const reader = await this.#reader(tx, caller);
      const messages = await this.#notifications.inbox(tx, reader, {
        unreadOnly: query.unread,
        limit: limit + 1,
        ...(after ? { after: { at: parseInstant(String(after.sort)), id: after.id } } : {}),
      });
      const page = this.#cursors.page(LIST, messages, limit, ({ at, id }) => ({ sort: at, id }));
      const items = page.items.map((message) => ({
        ...message,
        key: message.text,
        text: render(message, this.#texts, language),
        params: { ...message.params },
      }));
      return { items, next: page.next, unread: await this.#notifications.countUnread(tx, reader) };
    });
  }

  @Post(':id/read')
  @HttpCode(200)
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Marked as read', standardSchema: ReadAnswer })
  async read(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<z.infer<typeof ReadAnswer>> {
    return once(this.#database, scopeOf(caller), key, this.#wall.now(), async (tx) => {
      const reader = await this.#reader(tx, caller);
      await this.#notifications.markRead(tx, reader, id, await this.#clock.now(tx));
      return { unread: await this.#notifications.countUnread(tx, reader) };
    });
  }

  @Post('read')
  @HttpCode(200)
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Which of them were marked', standardSchema: ReadManyAnswer })
  async readMany(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: ReadMany }) { ids }: z.infer<typeof ReadMany>,
  ): Promise<z.infer<typeof ReadManyAnswer>> {
    return once(this.#database, scopeOf(caller), key, this.#wall.now(), async (tx) => {
      const reader = await this.#reader(tx, caller);
      const marked = await this.#notifications.markAllRead(tx, reader, ids, await this.#clock.now(tx));
      const results = ids.map((id) => ({ id, read: marked.has(id) }));
      return { results, unread: await this.#notifications.countUnread(tx, reader) };
    });
  }

  /** A grant at a unit's own node makes its holder a reader for that unit. */
  async #reader(tx: Tx, caller: Caller): Promise<Reader> {
    const roles: { role: string; orgUnitId?: string }[] = [];
    for (const { role, orgPath } of caller.grants) {
      const unit = await this.#units.atPath(tx, orgPath);
      roles.push(unit ? { role, orgUnitId: unit.id } : { role });
    }
    return { accountId: caller.accountId, roles };
  }
}
