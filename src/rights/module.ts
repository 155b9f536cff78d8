import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { CasesModule } from '../cases/module.ts';
import { FilesModule } from '../files/module.ts';
import { NeedsModule } from '../needs/module.ts';
import { NotificationsModule } from '../notifications/module.ts';
import { PolicyModule } from '../policy/module.ts';
import { RightsCommands } from './commands.ts';
import { RightsController } from './controller.ts';
import { PublicRightsController } from './public/controller.ts';
import { RevealCommands } from './reveal/commands.ts';
import { RevealController } from './reveal/controller.ts';
import { RevealStore } from './reveal/store.ts';
import { RightsService } from './service.ts';
import { RightsStageController } from './stage/controller.ts';
import { RightsStore } from './store.ts';

@Module({
  imports: [AccountsModule, AuditModule, CalendarModule, CasesModule, FilesModule, NeedsModule, NotificationsModule, PolicyModule],
  controllers: [RightsController, RightsStageController, PublicRightsController, RevealController],
  providers: [RightsStore, RevealStore, RevealCommands, RightsService, RightsCommands],
  exports: [RightsService],
})
export class RightsModule {}
