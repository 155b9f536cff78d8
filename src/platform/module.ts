import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Texts } from '../kernel/texts.ts';
import type { Config } from './config.ts';
import { ChangeBell } from './database/bell.ts';
import { Channels } from './database/channels.ts';
import { Database } from './database/database.ts';
import { Health } from './health.ts';
import { CATALOGUE } from './http/catalogue.ts';
import { SessionCookie } from './http/cookie.ts';
import { Cursors } from './http/cursor.ts';
import { ListRegistry } from './http/listed.ts';
import { HealthController } from './http/health.controller.ts';
import { MetricsController } from './http/metrics.controller.ts';
import { LOG, type Log } from './logging.ts';
import { Metrics } from './metrics.ts';
import { CaseGateway } from './temporal/gateway.ts';

/** Nest token of the checked configuration. */
export const CONFIG = Symbol('CONFIG');

/** What a process opens once and every area may ask for. */
export interface PlatformParts {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly gateway: CaseGateway;
  readonly channels: Channels;
  readonly bell: ChangeBell;
  /** What users read, of all areas. */
  readonly texts: Texts;
}

@Global()
@Module({})
export class PlatformModule {
  static with({ config, log, database, gateway, texts, channels, bell }: PlatformParts): DynamicModule {
    const health = new Health([
      { name: 'database', ping: () => database.ping() },
      { name: 'temporal', ping: () => gateway.ping() },
    ]);
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: LOG, useValue: log },
      { provide: Channels, useValue: channels },
      { provide: ChangeBell, useValue: bell },
      { provide: CATALOGUE, useValue: texts },
      { provide: Database, useValue: database },
      { provide: CaseGateway, useValue: gateway },
      { provide: Health, useValue: health },
      { provide: Metrics, useValue: new Metrics() },
      { provide: SessionCookie, useValue: new SessionCookie(config.http) },
      { provide: ListRegistry, useValue: new ListRegistry() },
      { provide: Cursors, useValue: new Cursors(config.keys.payload) },
    ];
    return {
      module: PlatformModule,
      controllers: [HealthController, MetricsController],
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}
