import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { CasesModule } from '../cases/module.ts';
import { DocumentsModule } from '../documents/module.ts';
import { NeedsModule } from '../needs/module.ts';
import { ProjectsModule } from '../projects/module.ts';
import { InsightsController } from './controller.ts';
import { LoopReportPrintController } from './printing/controller.ts';
import { InsightsService } from './service.ts';
import { InsightsStore } from './store.ts';
import { TodayController } from './today/controller.ts';
import { TodayService } from './today/service.ts';

/** The report reads the views that the other areas declare; today counts what their own lists show. */
@Module({
  imports: [AccountsModule, DocumentsModule, CalendarModule, CasesModule, NeedsModule, ProjectsModule],
  controllers: [InsightsController, LoopReportPrintController, TodayController],
  providers: [InsightsStore, InsightsService, TodayService],
  exports: [InsightsService, InsightsStore],
})
export class InsightsModule {}
