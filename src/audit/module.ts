import { Module } from '@nestjs/common';
import { WITNESS } from '../platform/http/witness.ts';
import { AttemptRecorder } from './attempts/service.ts';
import { AuditController } from './controller.ts';
import { AuditService } from './service.ts';
import { AuditStore } from './store.ts';

@Module({
  controllers: [AuditController],
  providers: [AuditStore, AuditService, { provide: WITNESS, useClass: AttemptRecorder }],
  exports: [AuditService, WITNESS],
})
export class AuditModule {}
