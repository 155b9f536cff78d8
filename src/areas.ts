import type { Type } from '@nestjs/common';
import { AccountsModule } from './accounts/module.ts';
import { ApprovalsModule } from './approvals/module.ts';
import { CalendarModule } from './calendar/module.ts';
import { CasesModule } from './cases/module.ts';
import { DocumentsModule } from './documents/module.ts';
import { EvaluationModule } from './evaluation/module.ts';
import { ExportsModule } from './exports/module.ts';
import { FilesModule } from './files/module.ts';
import { InsightsModule } from './insights/module.ts';
import { PublicPagesModule } from './insights/public/module.ts';
import { LedgerModule } from './ledger/module.ts';
import { MatchingModule } from './matching/module.ts';
import { NeedsModule } from './needs/module.ts';
import { PolicyModule } from './policy/module.ts';
import { QuartersModule } from './quarters/module.ts';
import { RecoveryModule } from './recovery/module.ts';
import { RightsModule } from './rights/module.ts';
import { RetentionModule } from './retention/module.ts';
import { ProjectsModule } from './projects/module.ts';

/** The areas' modules, lowest first, the same in the API and in the worker; each area adds its own line. */
export const areas: readonly Type[] = [
  CalendarModule,
  AccountsModule,
  ApprovalsModule,
  PolicyModule,
  FilesModule,
  DocumentsModule,
  ExportsModule,
  CasesModule,
  LedgerModule,
  QuartersModule,
  NeedsModule,
  RightsModule,
  MatchingModule,
  ProjectsModule,
  EvaluationModule,
  InsightsModule,
  PublicPagesModule,
  RecoveryModule,
  RetentionModule,
];
