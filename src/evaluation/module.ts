import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { ApprovalsModule } from '../approvals/module.ts';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { CasesModule } from '../cases/module.ts';
import { DocumentsModule } from '../documents/module.ts';
import { FilesModule } from '../files/module.ts';
import { LedgerModule } from '../ledger/module.ts';
import { NotificationsModule } from '../notifications/module.ts';
import { PolicyModule } from '../policy/module.ts';
import { ProjectsModule } from '../projects/module.ts';
import { CertificateController } from './award/certificate/controller.ts';
import { Certificates } from './award/certificate/service.ts';
import { AwardCommands } from './award/commands.ts';
import { AwardController } from './award/controller.ts';
import { AwardService } from './award/service.ts';
import { AwardStageController } from './award/stage/controller.ts';
import { AwardStore } from './award/store.ts';
import { CaseFileController } from './case-file/controller.ts';
import { CaseFiles } from './case-file/service.ts';
import { EvaluationCommands } from './commands.ts';
import { EvaluationController } from './controller.ts';
import { ObjectionCommands } from './objection/commands.ts';
import { ObjectionController } from './objection/controller.ts';
import { PublicObjectionController } from './objection/public/controller.ts';
import { ObjectionService } from './objection/service.ts';
import { ObjectionStore } from './objection/store.ts';
import { RatingMarkExpiry } from './rating/marks/service.ts';
import { RatingMarkStore } from './rating/marks/store.ts';
import { RatingController } from './rating/controller.ts';
import { RatingService } from './rating/service.ts';
import { RatingStore } from './rating/store.ts';
import { EvaluationService } from './service.ts';
import { EvaluationStore } from './store.ts';

@Module({
  imports: [
    AuditModule,
    CalendarModule,
    AccountsModule,
    ApprovalsModule,
    PolicyModule,
    FilesModule,
    DocumentsModule,
    NotificationsModule,
    CasesModule,
    LedgerModule,
    ProjectsModule,
  ],
  controllers: [EvaluationController, RatingController, AwardController, AwardStageController, CertificateController, CaseFileController, ObjectionController, PublicObjectionController],
  providers: [
    EvaluationStore,
    RatingStore,
    RatingMarkStore,
    RatingMarkExpiry,
    AwardStore,
    ObjectionStore,
    ObjectionService,
    RatingService,
    AwardService,
    EvaluationService,
    CaseFiles,
    Certificates,
    EvaluationCommands,
    AwardCommands,
    ObjectionCommands,
  ],
  exports: [RatingService, RatingMarkExpiry, AwardService, ObjectionService, EvaluationService],
})
export class EvaluationModule {}
