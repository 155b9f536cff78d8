import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { DocumentsModule } from '../documents/module.ts';
import { InsightsController } from './controller.ts';
import { LoopReportPrintController } from './printing/controller.ts';
import { InsightsService } from './service.ts';
import { InsightsStore } from './store.ts';

/** Reads the views that the other areas declare; none of their services. */
@Module({
  imports: [AccountsModule, DocumentsModule],
  controllers: [InsightsController, LoopReportPrintController],
  providers: [InsightsStore, InsightsService],
  exports: [InsightsService, InsightsStore],
})
export class InsightsModule {}
