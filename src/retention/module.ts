import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { EvaluationModule } from '../evaluation/module.ts';
import { NeedsModule } from '../needs/module.ts';
import { PolicyModule } from '../policy/module.ts';
import { RetentionController } from './controller.ts';
import { RetentionService } from './service.ts';
import { RetentionStore } from './store.ts';

@Module({
  imports: [AccountsModule, AuditModule, CalendarModule, EvaluationModule, NeedsModule, PolicyModule],
  controllers: [RetentionController],
  providers: [RetentionStore, RetentionService],
})
export class RetentionModule {}
