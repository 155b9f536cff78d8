import { Module } from '@nestjs/common';
import { AuditService } from './service.ts';
import { AuditStore } from './store.ts';

@Module({ providers: [AuditStore, AuditService], exports: [AuditService] })
export class AuditModule {}
