import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { NeedsCommands } from './commands.ts';
import { ImportCommands } from './imports/commands.ts';
import { ImportController } from './imports/controller.ts';
import { ImportStore } from './imports/store.ts';
import { ListController } from './lists/controller.ts';
import { ListService } from './lists/service.ts';
import { NeedController } from './need/controller.ts';
import { NeedService } from './need/service.ts';
import { NeedStore } from './need/store.ts';
import { OfferController } from './offer/controller.ts';
import { OfferService } from './offer/service.ts';
import { OfferStore } from './offer/store.ts';
import { ProposalController } from './proposal/controller.ts';
import { ProposalService } from './proposal/service.ts';
import { ProposalStore } from './proposal/store.ts';
import { CounterStore } from './store.ts';

const stores = [CounterStore, NeedStore, OfferStore, ProposalStore, ImportStore];
const services = [NeedService, OfferService, ProposalService, ListService];

@Module({
  imports: [AuditModule, AccountsModule, CalendarModule],
  controllers: [NeedController, OfferController, ProposalController, ImportController, ListController],
  providers: [...stores, ...services, NeedsCommands, ImportCommands],
  exports: services,
})
export class NeedsModule {}
