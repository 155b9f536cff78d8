import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { PolicyModule } from '../policy/module.ts';
import { PostgresBlobs } from './blobs/postgres/store.ts';
import { FileBlobs } from './blobs/store.ts';
import { FileController } from './controller.ts';
import { FileReceiving } from './receiving/service.ts';
import { FileService } from './service.ts';
import { FileStore } from './store.ts';

@Module({
  imports: [AuditModule, CalendarModule, PolicyModule],
  controllers: [FileController],
  providers: [FileStore, { provide: FileBlobs, useClass: PostgresBlobs }, FileService, FileReceiving],
  exports: [FileService, FileReceiving],
})
export class FilesModule {}
