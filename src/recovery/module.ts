import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { CasesModule } from '../cases/module.ts';
import { NeedsModule } from '../needs/module.ts';
import type { Config } from '../platform/config.ts';
import { CONFIG } from '../platform/module.ts';
import { Histories } from '../platform/temporal/histories.ts';
import { RecoveryCommands } from './commands.ts';
import { ComparingStore } from './comparing/store.ts';
import { Doctor } from './comparing/service.ts';
import { RecoveryController } from './controller.ts';
import { RecoveryMode } from './mode/service.ts';
import { ModeStore } from './mode/store.ts';
import { OutsideMirror } from './outside/service.ts';
import { Repairs } from './repair/service.ts';

@Module({
  imports: [AccountsModule, AuditModule, CalendarModule, CasesModule, NeedsModule],
  controllers: [RecoveryController],
  providers: [
    { provide: Histories, inject: [CONFIG], useFactory: (config: Config) => Histories.connect(config) },
    ModeStore,
    RecoveryMode,
    ComparingStore,
    Doctor,
    OutsideMirror,
    Repairs,
    RecoveryCommands,
  ],
})
export class RecoveryModule {}
