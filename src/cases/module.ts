import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { CaseService } from './service.ts';
import { CaseStore } from './store.ts';

@Module({
  imports: [AuditModule, CalendarModule],
  providers: [CaseStore, CaseService],
  exports: [CaseStore, CaseService],
})
export class CasesModule {}
