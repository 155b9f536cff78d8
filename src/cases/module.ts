import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { CaseCommands } from './commands.ts';
import { CaseService } from './service.ts';
import { CaseStore } from './store.ts';

@Module({
  imports: [AuditModule, CalendarModule],
  providers: [CaseStore, CaseService, CaseCommands],
  exports: [CaseService, CaseCommands],
})
export class CasesModule {}
