import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { LedgerController } from './controller.ts';
import { LedgerService } from './service.ts';
import { LedgerStore } from './store.ts';

@Module({
  imports: [AccountsModule],
  controllers: [LedgerController],
  providers: [LedgerStore, LedgerService],
  exports: [LedgerService],
})
export class LedgerModule {}
