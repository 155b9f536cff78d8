import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { ChangeController } from './changes/controller.ts';
import { ChangeFeed } from './changes/service.ts';
import { ChangeStore } from './changes/store.ts';
import { CHANNELS } from './channel.ts';
import { InboxController } from './controller.ts';
import { NotificationsService } from './service.ts';
import { NotificationsStore } from './store.ts';

/** What areas post through. The inbox is the only way to people until a channel is bound here. */
@Module({
  providers: [NotificationsStore, NotificationsService, { provide: CHANNELS, useValue: [] }],
  exports: [NotificationsService],
})
export class NotificationsModule {}

/** The routes of the inbox and of what changes; the API alone has them. */
@Module({ imports: [NotificationsModule, AccountsModule, CalendarModule], controllers: [InboxController, ChangeController], providers: [ChangeStore, ChangeFeed] })
export class InboxModule {}
