import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { CasesModule } from '../cases/module.ts';
import { NotificationsModule } from '../notifications/module.ts';
import { PolicyModule } from '../policy/module.ts';
import { QuarterCommands } from './commands.ts';
import { QuarterController } from './controller.ts';
import { QuarterPublishing } from './publishing/service.ts';
import { ReportDueStore } from './reports/store.ts';
import { QuarterService } from './service.ts';
import { QuarterStageController } from './stage/controller.ts';
import { QuarterStore } from './store.ts';

@Module({
  imports: [CalendarModule, AccountsModule, PolicyModule, NotificationsModule, CasesModule],
  controllers: [QuarterController, QuarterStageController],
  providers: [QuarterStore, ReportDueStore, QuarterService, QuarterPublishing, QuarterCommands],
  exports: [QuarterService, QuarterPublishing],
})
export class QuartersModule {}
