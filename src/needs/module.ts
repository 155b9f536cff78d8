import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { CasesModule } from '../cases/module.ts';
import { NotificationsModule } from '../notifications/module.ts';
import { PolicyModule } from '../policy/module.ts';
import { NeedsCommands } from './commands.ts';
import { ImportCommands } from './imports/commands.ts';
import { ImportController } from './imports/controller.ts';
import { ImportStore } from './imports/store.ts';
import { IntakeCommands } from './intake/commands.ts';
import { IntakeController } from './intake/controller.ts';
import { PublicIntakeController } from './intake/public/controller.ts';
import { IntakeService } from './intake/service.ts';
import { IntakeStore } from './intake/store.ts';
import { FormTickets } from './intake/ticket/service.ts';
import { ListController } from './lists/controller.ts';
import { ListService } from './lists/service.ts';
import { NeedController } from './need/controller.ts';
import { NeedService } from './need/service.ts';
import { NeedStore } from './need/store.ts';
import { OfferController } from './offer/controller.ts';
import { OfferService } from './offer/service.ts';
import { OfferStore } from './offer/store.ts';
import { ProposalController } from './proposal/controller.ts';
import { ProposalService } from './proposal/service.ts';
import { ProposalStore } from './proposal/store.ts';
import { CounterStore } from './store.ts';
import { SurveyCommands } from './survey/commands.ts';
import { SurveyController } from './survey/controller.ts';
import { SurveyPoster } from './survey/poster/service.ts';
import { SurveyPublishing } from './survey/publishing/service.ts';
import { SurveyService } from './survey/service.ts';
import { SurveyStore } from './survey/store.ts';

const stores = [CounterStore, NeedStore, OfferStore, ProposalStore, ImportStore, SurveyStore, IntakeStore];
const services = [NeedService, OfferService, ProposalService, ListService, SurveyService, SurveyPublishing, IntakeService];

@Module({
  imports: [AuditModule, AccountsModule, CalendarModule, CasesModule, NotificationsModule, PolicyModule],
  controllers: [NeedController, OfferController, ProposalController, ImportController, ListController, SurveyController, IntakeController, PublicIntakeController],
  providers: [...stores, ...services, NeedsCommands, ImportCommands, SurveyCommands, SurveyPoster, IntakeCommands, FormTickets],
  exports: services,
})
export class NeedsModule {}
