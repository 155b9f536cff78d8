import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { PolicyController } from './controller.ts';
import { PolicyService } from './service.ts';
import { PolicyStore } from './store.ts';

@Module({
  imports: [AuditModule, CalendarModule],
  controllers: [PolicyController],
  providers: [PolicyStore, PolicyService],
  exports: [PolicyService],
})
export class PolicyModule {}
