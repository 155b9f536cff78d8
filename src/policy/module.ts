import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/module.ts';
import { PolicyService } from './service.ts';
import { PolicyStore } from './store.ts';

@Module({
  imports: [AuditModule],
  providers: [PolicyStore, PolicyService],
  exports: [PolicyService],
})
export class PolicyModule {}
