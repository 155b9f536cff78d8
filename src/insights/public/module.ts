import { Module } from '@nestjs/common';
import { EvaluationModule } from '../../evaluation/module.ts';
import { InsightsModule } from '../module.ts';
import { PublicController } from './controller.ts';
import { PublicService } from './service.ts';
import { PublicStore } from './store.ts';

/** Of the other areas' services only the one that decides whether ratings may be shown. */
@Module({
  imports: [EvaluationModule, InsightsModule],
  controllers: [PublicController],
  providers: [PublicStore, PublicService],
})
export class PublicPagesModule {}
