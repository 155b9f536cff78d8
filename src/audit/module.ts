import { Module } from '@nestjs/common';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database/database.ts';
import { WITNESS } from '../platform/http/witness.ts';
import { CONFIG } from '../platform/module.ts';
import { AnchorController } from './anchors/controller.ts';
import { AnchorService } from './anchors/service.ts';
import { AnchorStore } from './anchors/store.ts';
import { AttemptRecorder } from './attempts/service.ts';
import { AuditController } from './controller.ts';
import { AuditExpiry } from './expiry/service.ts';
import { AuditExpiryStore } from './expiry/store.ts';
import { RecordController } from './export/controller.ts';
import { RecordExport } from './export/service.ts';
import { SealingService } from './sealing/service.ts';
import { SealingStore } from './sealing/store.ts';
import { AuditService } from './service.ts';
import { AuditStore } from './store.ts';

@Module({
  controllers: [AuditController, AnchorController, RecordController],
  providers: [
    AuditStore,
    AuditService,
    SealingStore,
    SealingService,
    AnchorStore,
    {
      provide: AnchorService,
      inject: [Database, AnchorStore, SealingStore, CONFIG],
      useFactory: (db: Database, store: AnchorStore, blocks: SealingStore, { keys }: Config) =>
        new AnchorService(db, store, blocks, keys.anchor),
    },
    AuditExpiryStore,
    AuditExpiry,
    RecordExport,
    { provide: WITNESS, useClass: AttemptRecorder },
  ],
  exports: [AuditService, AuditExpiry, WITNESS],
})
export class AuditModule {}
