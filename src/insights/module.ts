import { Module } from '@nestjs/common';
import { InsightsController } from './controller.ts';
import { InsightsService } from './service.ts';
import { InsightsStore } from './store.ts';

/** Reads the views that the other areas declare; none of their services. */
@Module({
  controllers: [InsightsController],
  providers: [InsightsStore, InsightsService],
  exports: [InsightsService, InsightsStore],
})
export class InsightsModule {}
