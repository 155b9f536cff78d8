import { Module } from '@nestjs/common';
import { CasesModule } from '../cases/module.ts';
import { ProjectService } from './service.ts';
import { ProjectStore } from './store.ts';

@Module({
  imports: [CasesModule],
  providers: [ProjectStore, ProjectService],
  exports: [ProjectService],
})
export class ProjectsModule {}
