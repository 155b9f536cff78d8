import {
  AccountRow,
  DeputyRow,
  DraftRow,
  GrantRow,
  IdentityRow,
  MembershipRow,
  OrgUnitRow,
  PersonRow,
  RecoveryCodeRow,
  SavedViewRow,
  SecondFactorRow,
  SessionRow,
  SignInLockRow,
  TenantRow,
  TokenRow,
} from './accounts/entities.ts';
import { AccountsDrafts1764315600000 } from './accounts/migrations/202611280740-accounts-drafts.ts';
import { Accounts1763700000002 } from './accounts/migrations/202611222058-accounts.ts';
import { AccountsDoors1763700000003 } from './accounts/migrations/202611222059-accounts-doors.ts';
import { AccountsViews1763800000150 } from './accounts/migrations/202611222150-accounts-views.ts';
import { AccountsSecondFactor1764295800000 } from './accounts/migrations/202611280210-accounts-second-factor.ts';
import { AccountsDistricts1764300000220 } from './accounts/migrations/202611280220-accounts-districts.ts';
import { AccountsSavedViews1764301200000 } from './accounts/migrations/202611280340-accounts-saved-views.ts';
import { AccountsLeft1764325860000 } from './accounts/migrations/202611281031-accounts-left.ts';
import { UnitPapers1764326700000 } from './accounts/migrations/202611281045-unit-papers.ts';
import { AccountsGuide1764315300000 } from './accounts/migrations/202611280735-accounts-guide.ts';
import { AccountsDeputy1764297600000 } from './accounts/migrations/202611280240-accounts-deputy.ts';
import { AuditAnchorRow, AuditBlockRow, AuditEventRow, AuditRemovalRow } from './audit/entities.ts';
import { AccountsIdentity1764296400000 } from './accounts/migrations/202611280220-accounts-identity.ts';
import { Audit1763700000001 } from './audit/migrations/202611222057-audit.ts';
import { AuditRemoval1764325800000 } from './audit/migrations/202611281030-audit-removal.ts';
import { Sealing1764000000010 } from './audit/migrations/202611280210-sealing.ts';
import { CalendarClockRow, CalendarPublicationRow } from './calendar/entities.ts';
import { Calendar1763700000010 } from './calendar/migrations/202611222110-calendar.ts';
import { CaseCommandRow, CaseEventRow, CaseHeadRow, CaseMessageRow, CaseReminderRow, OpenWaitRow } from './cases/entities.ts';
import { Cases1763800000110 } from './cases/migrations/202611222110-cases.ts';
import { CaseSweeping1763800000145 } from './cases/migrations/202611222145-case-sweeping.ts';
import { CaseReminders1764300000250 } from './cases/migrations/202611280250-case-reminders.ts';
import { CaseDecisions1764300000250 } from './cases/migrations/202611280250-case-decisions.ts';
import { ProjectExposure1764327660000 } from './projects/migrations/202611281101-project-exposure.ts';
import { RatingMarks1764325920000 } from './evaluation/migrations/202611281032-rating-marks.ts';
import { EvaluationContentCommands1764300000252 } from './evaluation/migrations/202611280252-evaluation-content-commands.ts';
import { ProjectContentCommands1764300000251 } from './projects/migrations/202611280251-project-content-commands.ts';
import { CasesParked1764300000255 } from './cases/migrations/202611280255-cases-parked.ts';
import { CaseReceipts1764300000220 } from './cases/migrations/202611280220-case-receipts.ts';
import { CaseTakenIn1764325800000 } from './cases/migrations/202611281030-case-taken-in.ts';
import { PolicyPackRow } from './policy/entities.ts';
import { PolicyPack1763700000020 } from './policy/migrations/202611222120-policy-pack.ts';
import { SubjectKeyRow } from './platform/crypto/entities.ts';
import { SubjectKey1763700000000 } from './platform/crypto/migrations/202611222056-subject-key.ts';
import { IdempotencyKey, RateCountRow } from './platform/http/entities.ts';
import { IdempotencyExpiry1764300000308 } from './platform/http/migrations/202611280308-idempotency-expiry.ts';
import { RateCount1764313200000 } from './platform/http/migrations/202611280700-rate-count.ts';
import { IdempotencyKey1763800000010 } from './platform/http/migrations/202611222100-idempotency-key.ts';
import { LedgerAccountRow, LedgerTransferRow, LedgerCapRow, LedgerCapEntryRow } from './ledger/entities.ts';
import { Ledger1763800000080 } from './ledger/migrations/202611222100-ledger.ts';
import { LedgerViews1763800000151 } from './ledger/migrations/202611222151-ledger-views.ts';
import { ApprovalRequestRow, ApprovalVoteRow } from './approvals/entities.ts';
import { Approvals1763800000040 } from './approvals/migrations/202611222105-approvals.ts';
import { NotificationMessageRow, NotificationReadRow, NotificationOutboxRow } from './notifications/entities.ts';
import { ChangeNoteRow } from './notifications/changes/entities.ts';
import { Changes1764300000230 } from './notifications/migrations/202611280230-changes.ts';
import { Notifications1763800000060 } from './notifications/migrations/202611222110-notifications.ts';
import {
  BandRow,
  ConfirmationRow,
  CounterRow,
  ImportedRow,
  ImportRow,
  LikenessRow,
  MergeRow,
  NeedRow,
  OfferRow,
  ProposalNeedRow,
  ProposalRow,
  RaiserRow,
  QuestionRow,
  WordSignatureRow,
} from './needs/entities.ts';
import { ConsentRow, ConsentWithdrawalRow, RemarkRow, SubmissionRow } from './needs/intake/entities.ts';
import { HoldRow } from './needs/holds/entities.ts';
import { ImportMappingRow, ImportUndoRow, UndoneRow } from './needs/imports/entities.ts';
import { SurveyRow } from './needs/survey/entities.ts';
import { RightsContentRow, RightsRequestRow } from './rights/entities.ts';
import { RightsReveals1764325200000 } from './rights/migrations/202611281020-rights-reveals.ts';
import { RevealRow } from './rights/reveal/entities.ts';
import { Rights1764324600000 } from './rights/migrations/202611281010-rights.ts';
import { RecoveryModeRow } from './recovery/entities.ts';
import { Recovery1764300000230 } from './recovery/migrations/202611280230-recovery.ts';
import { QuarterContentRow, QuarterCycleRow, QuarterSnapshotRow, ReportDueRow } from './quarters/entities.ts';
import { Quarters1763800000112 } from './quarters/migrations/202611222112-quarters.ts';
import { QuartersViews1763800000152 } from './quarters/migrations/202611222152-quarters-views.ts';
import { QuarterContentCommands1764313800000 } from './quarters/migrations/202611280710-quarter-content-commands.ts';
import { ReportDueUnits1764300000331 } from './quarters/migrations/202611280331-report-due-units.ts';
import { QuarterPublished1764300000222 } from './quarters/migrations/202611280222-quarter-published.ts';
import { Needs1763800000115 } from './needs/migrations/202611222115-needs.ts';
import { NeedsSurveys1763900000030 } from './needs/migrations/202611230030-needs-surveys.ts';
import { NeedsTriage1763900000040 } from './needs/migrations/202611230040-needs-triage.ts';
import { NeedsSearch1763900000041 } from './needs/migrations/202611230041-needs-search.ts';
import { NeedsImports1763900000050 } from './needs/migrations/202611230050-needs-imports.ts';
import { NeedsSurveyDates1763900000105 } from './needs/migrations/202611230105-needs-survey-dates.ts';
import { NeedsWordSignatures1763900000120 } from './needs/migrations/202611230120-needs-word-signatures.ts';
import { NeedsImportSheets1764300000310 } from './needs/migrations/202611280310-needs-import-sheets.ts';
import { NeedsImportProjects1764300000331 } from './needs/migrations/202611280331-needs-import-projects.ts';
import { ProjectImplementers1764300000330 } from './projects/migrations/202611280330-project-implementers.ts';
import { ProjectOrder1764324900000 } from './projects/migrations/202611281015-project-order.ts';
import { ProjectFilePlaces1764315600000 } from './projects/migrations/202611280740-project-file-places.ts';
import { ProjectsTakenOver1764300000330 } from './projects/migrations/202611280330-projects-taken-over.ts';
import { NeedsNetworkMarks1764300000320 } from './needs/migrations/202611280320-needs-network-marks.ts';
import { NeedsEnded1764314100000 } from './needs/migrations/202611280715-needs-ended.ts';
import { RetentionRunRow } from './retention/entities.ts';
import { Retention1764314160000 } from './retention/migrations/202611280716-retention.ts';
import { ProjectsTakenOverCount1764315600000 } from './projects/migrations/202611280740-projects-taken-over-count.ts';
import { NeedsAsking1764312600000 } from './needs/migrations/202611280650-needs-asking.ts';
import { NeedsConsentWithdrawal1764300000300 } from './needs/migrations/202611280300-needs-consent-withdrawal.ts';
import { NeedsHolds1764324000000 } from './needs/migrations/202611281000-needs-holds.ts';
import { NeedsViews1763800000153 } from './needs/migrations/202611222153-needs-views.ts';
import {
  MatchingContentRow,
  MatchingDecisionRow,
  MatchingExclusionRow,
  MatchingFactsRow,
  MatchingPlanRow,
  MatchingPreferenceRow,
  MatchingProgressRow,
  MatchingRunRow,
} from './matching/entities.ts';
import { Matching1763800000118 } from './matching/migrations/202611222140-matching.ts';
import { MatchingDates1764300000231 } from './matching/migrations/202611280231-matching-dates.ts';
import { MatchingContentCommands1764313860000 } from './matching/migrations/202611280711-matching-content-commands.ts';
import { MatchingRevisions1763900000110 } from './matching/migrations/202611230110-matching-revisions.ts';
import {
  ProjectAnsweredNeedRow,
  ProjectContentRow,
  ProjectExposureRow,
  ProjectNumberRow,
  ProjectReportRow,
  ProjectRow,
} from './projects/entities.ts';
import { Projects1763800000120 } from './projects/migrations/202611222120-projects.ts';
import { ProjectsViews1763800000154 } from './projects/migrations/202611222154-projects-views.ts';
import { ProjectLists1763800000190 } from './projects/migrations/202611222300-project-lists.ts';
import { ProjectSearch1763900000042 } from './projects/migrations/202611230042-project-search.ts';
import { ProjectDates1763900000045 } from './projects/migrations/202611230045-project-dates.ts';
import { ProjectPublic1764300000221 } from './projects/migrations/202611280221-project-public.ts';
import { Objections1764325800000 } from './evaluation/migrations/202611281030-objections.ts';
import { EvaluationNoticesOver1764325500000 } from './evaluation/migrations/202611281025-evaluation-notices-over.ts';
import { EvaluationNotice1764300000246 } from './evaluation/migrations/202611280246-evaluation-notice.ts';
import { EvaluationContentRow, RatingCodeRow, RatingRow, AwardRow, ObjectionRow } from './evaluation/entities.ts';
import { ExportRow } from './exports/entities.ts';
import { Exports1764313200000 } from './exports/migrations/202611280700-exports.ts';
import { DocumentPrintRow, DocumentRow } from './documents/entities.ts';
import { Documents1764000000235 } from './documents/migrations/202611280235-documents.ts';
import { FilePartRow, FileRow } from './files/entities.ts';
import { Files1764000000215 } from './files/migrations/202611280215-files.ts';
import { AwardDates1764300000230 } from './evaluation/migrations/202611280230-award-dates.ts';
import { FilePartPlaces1764000000250 } from './files/migrations/202611280250-file-part-places.ts';
import { Evaluation1763800000130 } from './evaluation/migrations/202611222130-evaluation.ts';

/** Every table's entity and every migration, in the order of the areas; each area adds its own lines. */
export const entities: Function[] = [
  IdempotencyKey,
  RateCountRow,
  SubjectKeyRow,
  AuditEventRow,
  AuditBlockRow,
  AuditAnchorRow,
  AuditRemovalRow,
  CalendarPublicationRow,
  CalendarClockRow,
  TenantRow,
  OrgUnitRow,
  MembershipRow,
  PersonRow,
  AccountRow,
  GrantRow,
  SessionRow,
  SecondFactorRow,
  RecoveryCodeRow,
  IdentityRow,
  DeputyRow,
  SavedViewRow,
  DraftRow,
  TokenRow,
  SignInLockRow,
  LedgerAccountRow,
  LedgerTransferRow,
  LedgerCapRow,
  LedgerCapEntryRow,
  ApprovalRequestRow,
  ApprovalVoteRow,
  PolicyPackRow,
  FileRow,
  FilePartRow,
  DocumentRow,
  DocumentPrintRow,
  ExportRow,
  NotificationMessageRow,
  NotificationReadRow,
  NotificationOutboxRow,
  ChangeNoteRow,
  CaseHeadRow,
  CaseEventRow,
  OpenWaitRow,
  CaseReminderRow,
  CaseCommandRow,
  CaseMessageRow,
  QuarterCycleRow,
  ReportDueRow,
  QuarterContentRow,
  QuarterSnapshotRow,
  CounterRow,
  NeedRow,
  BandRow,
  LikenessRow,
  RaiserRow,
  RetentionRunRow,
  QuestionRow,
  WordSignatureRow,
  MergeRow,
  ConfirmationRow,
  OfferRow,
  ProposalRow,
  ProposalNeedRow,
  ImportRow,
  ImportedRow,
  ImportMappingRow,
  ImportUndoRow,
  UndoneRow,
  SurveyRow,
  SubmissionRow,
  ConsentRow,
  ConsentWithdrawalRow,
  HoldRow,
  RemarkRow,
  RightsRequestRow,
  RightsContentRow,
  RevealRow,
  MatchingRunRow,
  MatchingFactsRow,
  MatchingPlanRow,
  MatchingDecisionRow,
  MatchingContentRow,
  MatchingExclusionRow,
  MatchingPreferenceRow,
  MatchingProgressRow,
  ProjectRow,
  ProjectNumberRow,
  ProjectContentRow,
  ProjectExposureRow,
  ProjectReportRow,
  ProjectAnsweredNeedRow,
  EvaluationContentRow,
  RatingCodeRow,
  RatingRow,
  AwardRow,
  ObjectionRow,
  RecoveryModeRow,
];

export const migrations: Function[] = [
  IdempotencyKey1763800000010,
  SubjectKey1763700000000,
  Audit1763700000001,
  Calendar1763700000010,
  Accounts1763700000002,
  AccountsDoors1763700000003,
  Ledger1763800000080,
  Approvals1763800000040,
  PolicyPack1763700000020,
  Notifications1763800000060,
  Cases1763800000110,
  CaseSweeping1763800000145,
  Quarters1763800000112,
  Needs1763800000115,
  Matching1763800000118,
  MatchingRevisions1763900000110,
  Projects1763800000120,
  Evaluation1763800000130,
  AccountsViews1763800000150,
  LedgerViews1763800000151,
  QuartersViews1763800000152,
  NeedsViews1763800000153,
  ProjectsViews1763800000154,
  ProjectLists1763800000190,
  NeedsSurveys1763900000030,
  NeedsTriage1763900000040,
  NeedsSearch1763900000041,
  ProjectSearch1763900000042,
  ProjectDates1763900000045,
  NeedsImports1763900000050,
  NeedsSurveyDates1763900000105,
  NeedsWordSignatures1763900000120,
  AccountsSecondFactor1764295800000,
  AccountsDistricts1764300000220,
  ProjectPublic1764300000221,
  QuarterPublished1764300000222,
  Files1764000000215,
  Sealing1764000000010,
  CaseReceipts1764300000220,
  CaseTakenIn1764325800000,
  AccountsIdentity1764296400000,
  AccountsDeputy1764297600000,
  Documents1764000000235,
  Exports1764313200000,
  FilePartPlaces1764000000250,
  Changes1764300000230,
  AwardDates1764300000230,
  MatchingDates1764300000231,
  NeedsConsentWithdrawal1764300000300,
  CaseReminders1764300000250,
  Recovery1764300000230,
  EvaluationNotice1764300000246,
  NeedsImportSheets1764300000310,
  CaseDecisions1764300000250,
  ProjectContentCommands1764300000251,
  EvaluationContentCommands1764300000252,
  CasesParked1764300000255,
  NeedsNetworkMarks1764300000320,
  ProjectsTakenOver1764300000330,
  ProjectImplementers1764300000330,
  ReportDueUnits1764300000331,
  NeedsImportProjects1764300000331,
  IdempotencyExpiry1764300000308,
  AccountsSavedViews1764301200000,
  AccountsDrafts1764315600000,
  RateCount1764313200000,
  QuarterContentCommands1764313800000,
  MatchingContentCommands1764313860000,
  ProjectFilePlaces1764315600000,
  NeedsHolds1764324000000,
  NeedsAsking1764312600000,
  Rights1764324600000,
  ProjectOrder1764324900000,
  EvaluationNoticesOver1764325500000,
  NeedsEnded1764314100000,
  Retention1764314160000,
  ProjectsTakenOverCount1764315600000,
  RightsReveals1764325200000,
  Objections1764325800000,
  UnitPapers1764326700000,
  AccountsGuide1764315300000,
  AuditRemoval1764325800000,
  AccountsLeft1764325860000,
  RatingMarks1764325920000,
  ProjectExposure1764327660000,
];
