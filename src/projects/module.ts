import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { CasesModule } from '../cases/module.ts';
import { ProjectCommands } from './commands.ts';
import { ProjectController } from './controller.ts';
import { ReportController } from './reporting/controller.ts';
import { ProjectService } from './service.ts';
import { ProjectStore } from './store.ts';

@Module({
  imports: [AccountsModule, CasesModule],
  controllers: [ProjectController, ReportController],
  providers: [ProjectStore, ProjectService, ProjectCommands],
  exports: [ProjectService],
})
export class ProjectsModule {}
