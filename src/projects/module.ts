import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { CasesModule } from '../cases/module.ts';
import { DocumentsModule } from '../documents/module.ts';
import { FilesModule } from '../files/module.ts';
import { LedgerModule } from '../ledger/module.ts';
import { NeedsModule } from '../needs/module.ts';
import { NotificationsModule } from '../notifications/module.ts';
import { PolicyModule } from '../policy/module.ts';
import { QuartersModule } from '../quarters/module.ts';
import { ProjectCommands } from './commands.ts';
import { CommitmentService } from './commitments/service.ts';
import { CommitmentStore } from './commitments/store.ts';
import { ProjectContentStore } from './contents/store.ts';
import { ProjectController } from './controller.ts';
import { ExposureController } from './exposure/controller.ts';
import { ExposureService } from './exposure/service.ts';
import { ExposureStore } from './exposure/store.ts';
import { ProjectDocumentController } from './documents/controller.ts';
import { ProjectDocuments } from './documents/service.ts';
import { ProjectFileController } from './files/controller.ts';
import { NoteCommands } from './notes/commands.ts';
import { NoteController } from './notes/controller.ts';
import { NoteStore } from './notes/store.ts';
import { FundingCommands } from './funding/commands.ts';
import { FundingController } from './funding/controller.ts';
import { ProjectOpening } from './opening/service.ts';
import { ProjectPublishing } from './publishing/service.ts';
import { ProjectNeedController } from './needs/controller.ts';
import { ProjectNeedStore } from './needs/store.ts';
import { ReportController } from './reporting/controller.ts';
import { OwedReportController } from './reporting/owed/controller.ts';
import { ReportReminding } from './reporting/due/commands.ts';
import { ReportsDueController } from './reporting/due/controller.ts';
import { ProjectSearch } from './searching/service.ts';
import { ProjectWords } from './searching/store.ts';
import { ProjectService } from './service.ts';
import { ProjectActionsController } from './actions/controller.ts';
import { ProjectStageController } from './stage/controller.ts';
import { FollowUpStageController } from './stage/follow-up/controller.ts';
import { FollowUpStage } from './stage/follow-up/service.ts';
import { ProjectStaging } from './stage/service.ts';
import { ProjectStore } from './store.ts';
import { TakeOverCommands } from './taking-over/commands.ts';
import { TakeOverStore } from './taking-over/store.ts';
import { TakeOverController } from './taking-over/controller.ts';
import { ProjectImporter } from './taking-over/importing/commands.ts';

@Module({
  imports: [
    AuditModule,
    CalendarModule,
    AccountsModule,
    PolicyModule,
    FilesModule,
    DocumentsModule,
    NotificationsModule,
    CasesModule,
    LedgerModule,
    QuartersModule,
    NeedsModule,
  ],
  controllers: [ProjectController, ProjectStageController, ProjectActionsController, FollowUpStageController, ReportController, ReportsDueController, OwedReportController, ProjectNeedController, FundingController, NoteController, ProjectFileController, ProjectDocumentController, TakeOverController, ExposureController],
  providers: [
    ReportReminding, ExposureStore, ExposureService, ProjectStore, ProjectContentStore, NoteStore, NoteCommands, TakeOverStore, ProjectNeedStore, CommitmentStore, CommitmentService, ProjectService, ProjectOpening, ProjectPublishing, ProjectSearch, ProjectWords, ProjectStaging, FollowUpStage, ProjectCommands, FundingCommands, ProjectDocuments, ProjectImporter, TakeOverCommands],
  exports: [ProjectService, ProjectDocuments, CommitmentService, ProjectOpening, ProjectPublishing],
})
export class ProjectsModule {}
