import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { CasesModule } from '../cases/module.ts';
import { NeedsModule } from '../needs/module.ts';
import { PolicyModule } from '../policy/module.ts';
import { MatchingCommands } from './commands.ts';
import { ConditionCommands } from './conditions/commands.ts';
import { ExclusionController, PreferenceController } from './conditions/controller.ts';
import { ConditionService } from './conditions/service.ts';
import { ConditionStore } from './conditions/store.ts';
import { MatchingController, ProposalDecisionController } from './controller.ts';
import { FitController } from './fit/controller.ts';
import { GatheringService } from './gathering/service.ts';
import { SolverThreads } from './running/service.ts';
import { MatchingService } from './service.ts';
import { StandingService } from './standing/service.ts';
import { StandingStore } from './standing/store.ts';
import { MatchingStageController } from './stage/controller.ts';
import { MatchingStore } from './store.ts';

@Module({
  imports: [AuditModule, AccountsModule, CalendarModule, PolicyModule, CasesModule, NeedsModule],
  controllers: [MatchingController, MatchingStageController, ProposalDecisionController, FitController, ExclusionController, PreferenceController],
  providers: [
    MatchingStore,
    ConditionStore,
    StandingStore,
    GatheringService,
    ConditionService,
    StandingService,
    SolverThreads,
    MatchingService,
    MatchingCommands,
    ConditionCommands,
  ],
  exports: [MatchingService],
})
export class MatchingModule {}
