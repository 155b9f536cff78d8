import { Module } from '@nestjs/common';
import { ApprovalsService } from './service.ts';
import { ApprovalsStore } from './store.ts';

@Module({ providers: [ApprovalsStore, ApprovalsService], exports: [ApprovalsService] })
export class ApprovalsModule {}
