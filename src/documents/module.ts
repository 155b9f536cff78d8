import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { VerifyController } from './controller.ts';
import { DocumentService } from './service.ts';
import { DocumentStore } from './store.ts';

@Module({
  imports: [AuditModule, CalendarModule],
  controllers: [VerifyController],
  providers: [DocumentStore, DocumentService],
  exports: [DocumentService],
})
export class DocumentsModule {}
