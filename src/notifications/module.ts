import { Module, type DynamicModule } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import type { Texts } from '../kernel/texts.ts';
import { CHANNELS } from './channel.ts';
import { CATALOGUE, InboxController } from './controller.ts';
import { NotificationsService } from './service.ts';
import { NotificationsStore } from './store.ts';

/** What areas post through. The inbox is the only way to people until a channel is bound here. */
@Module({
  providers: [NotificationsStore, NotificationsService, { provide: CHANNELS, useValue: [] }],
  exports: [NotificationsService],
})
export class NotificationsModule {}

/** The inbox's routes; the API hands over the texts of all areas. */
@Module({})
export class InboxModule {
  static with(texts: Texts): DynamicModule {
    return {
      module: InboxModule,
      imports: [NotificationsModule, AccountsModule, CalendarModule],
      controllers: [InboxController],
      providers: [{ provide: CATALOGUE, useValue: texts }],
    };
  }
}
