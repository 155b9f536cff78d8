import { Module } from '@nestjs/common';
import { AuditController } from './controller.ts';
import { AuditService } from './service.ts';
import { AuditStore } from './store.ts';

@Module({ controllers: [AuditController], providers: [AuditStore, AuditService], exports: [AuditService] })
export class AuditModule {}
