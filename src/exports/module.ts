import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { ApprovalsModule } from '../approvals/module.ts';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { NotificationsModule } from '../notifications/module.ts';
import { ExportCommands } from './commands.ts';
import { ExportController } from './controller.ts';
import { ExportService } from './service.ts';
import { ExportStore } from './store.ts';

@Module({
  imports: [AuditModule, CalendarModule, AccountsModule, ApprovalsModule, NotificationsModule],
  controllers: [ExportController],
  providers: [ExportStore, ExportService, ExportCommands],
})
export class ExportsModule {}
