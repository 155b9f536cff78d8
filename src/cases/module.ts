import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { NotificationsModule } from '../notifications/module.ts';
import { Decisions } from './decided/service.ts';
import { CaseAsking } from './asking/service.ts';
import { CaseBatches } from './batches/commands.ts';
import { CaseCommands } from './commands.ts';
import { WaitController } from './controller.ts';
import { CaseDriver } from './driver/service.ts';
import { CaseRecounts } from './recounting/service.ts';
import { HandOverController } from './hand-over/controller.ts';
import { HandOverService } from './hand-over/service.ts';
import { HandOverStore } from './hand-over/store.ts';
import { ParkedCases } from './parked/commands.ts';
import { ParkedController } from './parked/controller.ts';
import { ParkedStore } from './parked/store.ts';
import { PinnedController } from './pinned/controller.ts';
import { PinnedStore } from './pinned/store.ts';
import { CaseService } from './service.ts';
import { CaseStore } from './store.ts';
import { StageService } from './stage/service.ts';
import { SweepingService } from './sweeping/service.ts';
import { SweepingStore } from './sweeping/store.ts';
import { CaseNames } from './waiting/names/service.ts';
import { WaitReading } from './waiting/reading/service.ts';
import { ReminderRounds } from './waiting/round/service.ts';
import { WaitReminding } from './waiting/reminding/commands.ts';
import { WaitService } from './waiting/service.ts';
import { TakenIn } from './taken-in/service.ts';
import { WaitStore } from './waiting/store.ts';

@Module({
  imports: [AuditModule, CalendarModule, AccountsModule, NotificationsModule],
  controllers: [WaitController, ParkedController, HandOverController, PinnedController],
  providers: [CaseStore, ParkedStore, PinnedStore, ParkedCases, CaseService, Decisions, TakenIn, CaseAsking, CaseCommands, CaseBatches, CaseDriver, CaseRecounts, SweepingStore, SweepingService, StageService, WaitStore, WaitService, CaseNames, WaitReading, ReminderRounds, WaitReminding, HandOverStore, HandOverService],
  exports: [CaseService, CaseAsking, CaseCommands, CaseBatches, CaseDriver, CaseRecounts, StageService, SweepingService, CaseNames, WaitReading, ReminderRounds, WaitService],
})
export class CasesModule {}
