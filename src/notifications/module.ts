import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { ChangeController } from './changes/controller.ts';
import { ChangeFeed } from './changes/service.ts';
import { ChangeStore } from './changes/store.ts';
import type { Texts } from '../kernel/texts.ts';
import type { Config } from '../platform/config.ts';
import { CATALOGUE } from '../platform/http/catalogue.ts';
import { SmtpSender } from '../platform/mail/smtp.ts';
import { CONFIG } from '../platform/module.ts';
import { CHANNELS, type Channel } from './channel.ts';
import { AnchorMail } from './mail/service.ts';
import { InboxController } from './controller.ts';
import { NotificationsService } from './service.ts';
import { NotificationsStore } from './store.ts';

/** The inbox is the only way to people; where a mail server is configured, the record's anchors leave the house. */
function channelsOf({ mail }: Config, texts: Texts): Channel[] {
  return mail ? [new AnchorMail(new SmtpSender(mail), mail.anchorsTo, texts)] : [];
}

/** What areas post through. */
@Module({
  providers: [NotificationsStore, NotificationsService, { provide: CHANNELS, inject: [CONFIG, CATALOGUE], useFactory: channelsOf }],
  exports: [NotificationsService, NotificationsStore, CHANNELS],
})
export class NotificationsModule {}

/** The routes of the inbox and of what changes; the API alone has them. */
@Module({ imports: [NotificationsModule, AccountsModule, CalendarModule], controllers: [InboxController, ChangeController], providers: [ChangeStore, ChangeFeed] })
export class InboxModule {}
