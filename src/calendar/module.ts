import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/module.ts';
import { BusinessClock, WallClock } from './clock.ts';
import { CalendarController } from './controller.ts';
import { CalendarService } from './service.ts';
import { CalendarStore } from './store.ts';

@Module({
  imports: [AuditModule],
  controllers: [CalendarController],
  providers: [CalendarStore, CalendarService, WallClock, BusinessClock],
  exports: [CalendarService, WallClock, BusinessClock],
})
export class CalendarModule {}
