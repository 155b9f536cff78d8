import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { BusinessClock, WallClock } from '../calendar/clock.ts';
import { localDate, shanghaiDate } from '../kernel/time.ts';
import { Database } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { Allow, CurrentCaller, IfMatch, Key, Versioned } from '../platform/http/decorators.ts';
import { once, type RequestKey } from '../platform/http/idempotency.ts';
import type { PolicyKind, PolicyPack } from './model.ts';
import { PackList, PackView, PolicyKindParam, VersionParam, VersionToPublish } from './schemas.ts';
import { PolicyService } from './service.ts';

@ApiTags('policy')
@Controller('api/v1/policy-packs')
export class PolicyController {
  readonly #database: Database;
  readonly #policy: PolicyService;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;

  constructor(database: Database, policy: PolicyService, clock: BusinessClock, wall: WallClock) {
    this.#database = database;
    this.#policy = policy;
    this.#clock = clock;
    this.#wall = wall;
  }

  @Get()
  @Allow('policy.read')
  @ApiResponse({ status: 200, description: 'Every version of every pack, newest first', standardSchema: PackList })
  async list(@CurrentCaller() caller: Caller): Promise<z.infer<typeof PackList>> {
    return this.#database.within(scopeFor(caller, 'policy.read'), async (tx) => {
      const today = shanghaiDate(await this.#clock.now(tx));
      const inForce = new Set<PolicyKind>();
      const items = (await this.#policy.history(tx)).map((pack) => {
        const isInForce = pack.effectiveFrom <= today && !inForce.has(pack.kind);
        if (isInForce) inForce.add(pack.kind);
        return { ...pack, inForce: isInForce };
      });
      return { items };
    });
  }

  @Get(':kind/:version')
  @Versioned()
  @Allow('policy.read')
  @ApiResponse({ status: 200, description: 'One version with its sources', standardSchema: PackView })
  async one(
    @CurrentCaller() caller: Caller,
    @Param('kind', { schema: PolicyKindParam }) kind: PolicyKind,
    @Param('version', { schema: VersionParam }) version: number,
  ): Promise<z.infer<typeof PackView>> {
    return this.#database.within(scopeFor(caller, 'policy.read'), async (tx) =>
      view(await this.#policy.pack(tx, kind, version)),
    );
  }

  @Post(':kind')
  @Versioned()
  @Allow('policy.edit')
  @ApiResponse({ status: 201, description: 'The next version', standardSchema: PackView })
  async publish(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() basedOn: number,
    @Param('kind', { schema: PolicyKindParam }) kind: PolicyKind,
    @Body({ schema: VersionToPublish }) body: z.infer<typeof VersionToPublish>,
  ): Promise<z.infer<typeof PackView>> {
    const { commandId, requestId, network } = key;
    const { accountId, personId } = caller;
    return once(this.#database, scopeFor(caller, 'policy.edit'), key, this.#wall.now(), async (tx) => {
      const effectiveFrom = localDate(body.effectiveFrom);
      const request = { ...body, kind, basedOn, effectiveFrom, at: await this.#clock.now(tx) };
      const trace = { accountId, personId, commandId, requestId, network };
      return view(await this.#policy.publishVersion(tx, request, trace));
    });
  }
}

function view({ content, ...header }: PolicyPack): z.infer<typeof PackView> {
  return { ...header, content: { ...content } as z.infer<typeof PackView>['content'] };
}
