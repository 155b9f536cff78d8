import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { CasesModule } from '../cases/module.ts';
import { FilesModule } from '../files/module.ts';
import { NotificationsModule } from '../notifications/module.ts';
import { PolicyModule } from '../policy/module.ts';
import { QuartersModule } from '../quarters/module.ts';
import { AskingController } from './asking/controller.ts';
import { AskingService } from './asking/service.ts';
import { AskingStore } from './asking/store.ts';
import { BundlingController } from './bundling/controller.ts';
import { BundlingService } from './bundling/service.ts';
import { NeedsCommands } from './commands.ts';
import { DuplicateFinder } from './duplicates/service.ts';
import { DuplicateStore } from './duplicates/store.ts';
import { DuplicateController } from './duplicates/triage/controller.ts';
import { DuplicateTriage } from './duplicates/triage/service.ts';
import { ImportCommands } from './imports/commands.ts';
import { ImportController } from './imports/controller.ts';
import { ImportKinds } from './imports/kinds/commands.ts';
import { MappingCommands } from './imports/mapping/commands.ts';
import { MappingController } from './imports/mapping/controller.ts';
import { MappingStore } from './imports/mapping/store.ts';
import { ImportReader } from './imports/reading/commands.ts';
import { ImportedRecords } from './imports/service.ts';
import { ImportStore } from './imports/store.ts';
import { UndoCommands } from './imports/undo/commands.ts';
import { UndoStore } from './imports/undo/store.ts';
import { ConsentController } from './consent/controller.ts';
import { ConsentService } from './consent/service.ts';
import { ConsentStore } from './consent/store.ts';
import { HoldCommands } from './holds/commands.ts';
import { HoldController } from './holds/controller.ts';
import { HoldService } from './holds/service.ts';
import { HoldStore } from './holds/store.ts';
import { IntakeCommands } from './intake/commands.ts';
import { IntakeController } from './intake/controller.ts';
import { PublicIntakeController } from './intake/public/controller.ts';
import { IntakeService } from './intake/service.ts';
import { IntakeStore } from './intake/store.ts';
import { FormTickets } from './intake/ticket/service.ts';
import { ListController } from './lists/controller.ts';
import { ListService } from './lists/service.ts';
import { SnapshotController } from './lists/snapshot/controller.ts';
import { ListSnapshots } from './lists/snapshot/service.ts';
import { NeedFileController } from './need/files/controller.ts';
import { NeedController } from './need/controller.ts';
import { NeedService } from './need/service.ts';
import { RaiserStore } from './need/raiser/store.ts';
import { NeedStore } from './need/store.ts';
import { OfferController } from './offer/controller.ts';
import { OfferService } from './offer/service.ts';
import { OfferStore } from './offer/store.ts';
import { ProposalController } from './proposal/controller.ts';
import { ProposalService } from './proposal/service.ts';
import { ProposalStore } from './proposal/store.ts';
import { NeedsRetention } from './retention/service.ts';
import { NeedsRetentionStore } from './retention/store.ts';
import { SearchWords } from './search/service.ts';
import { NeedsWords } from './search/store.ts';
import { CounterStore } from './store.ts';
import { SurveyCommands } from './survey/commands.ts';
import { SurveyController } from './survey/controller.ts';
import { SurveyPoster } from './survey/poster/service.ts';
import { SurveyPublishing } from './survey/publishing/service.ts';
import { SurveyService } from './survey/service.ts';
import { SurveyStageController } from './survey/stage/controller.ts';
import { SurveyStore } from './survey/store.ts';

const stores = [CounterStore, NeedsWords, NeedsRetentionStore, AskingStore, HoldStore, ConsentStore, NeedStore, RaiserStore, OfferStore, ProposalStore, ImportStore, MappingStore, UndoStore, SurveyStore, IntakeStore, DuplicateStore];
const services = [ImportedRecords, NeedService, AskingService, HoldService, ConsentService, NeedsRetention, OfferService, ProposalService, ListService, SurveyService, SurveyPublishing, IntakeService, SearchWords, DuplicateFinder, DuplicateTriage, BundlingService, ListSnapshots];

@Module({
  imports: [AuditModule, AccountsModule, CalendarModule, CasesModule, FilesModule, NotificationsModule, PolicyModule, QuartersModule],
  controllers: [DuplicateController, BundlingController, SnapshotController, NeedController, NeedFileController, AskingController, OfferController, ProposalController, ImportController, MappingController, ListController, SurveyController, SurveyStageController, ConsentController, HoldController, IntakeController, PublicIntakeController],
  providers: [...stores, ...services, NeedsCommands, ImportCommands, ImportKinds, ImportReader, MappingCommands, UndoCommands, SurveyCommands, SurveyPoster, HoldCommands, IntakeCommands, FormTickets],
  exports: [...services, NeedsCommands, ImportCommands, ImportKinds],
})
export class NeedsModule {}
