import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/module.ts';
import { CalendarModule } from '../calendar/module.ts';
import { AUTHENTICATOR } from '../platform/http/caller.ts';
import { CallerService } from './callers/service.ts';
import { DeputyController } from './deputies/controller.ts';
import { DeputyService } from './deputies/service.ts';
import { DeputyStore } from './deputies/store.ts';
import { DraftController } from './drafts/controller.ts';
import { DraftService } from './drafts/service.ts';
import { DraftStore } from './drafts/store.ts';
import { GrantService } from './grants/service.ts';
import { GrantStore } from './grants/store.ts';
import { IdentityCommands } from './identities/commands.ts';
import { IdentityController } from './identities/controller.ts';
import { IdentityService } from './identities/service.ts';
import { IdentityStore } from './identities/store.ts';
import { AccountService } from './logins/service.ts';
import { AccountStore } from './logins/store.ts';
import { PeopleCommands } from './people/commands.ts';
import { PeopleController } from './people/controller.ts';
import { PeopleExpiry } from './people/expiry/service.ts';
import { PeopleExpiryStore } from './people/expiry/store.ts';
import { PeopleService } from './people/service.ts';
import { PersonStore } from './people/store.ts';
import { SecondFactorCommands } from './second-factor/commands.ts';
import { SecondFactorController } from './second-factor/controller.ts';
import { SecondFactorService } from './second-factor/service.ts';
import { SecondFactorStore } from './second-factor/store.ts';
import { TenantService } from './service.ts';
import { SessionExpiry } from './sessions/expiry/service.ts';
import { SessionExpiryStore } from './sessions/expiry/store.ts';
import { SessionController } from './sessions/controller.ts';
import { SessionService } from './sessions/service.ts';
import { SessionStore } from './sessions/store.ts';
import { SignInController } from './sign-in/controller.ts';
import { SignInService } from './sign-in/service.ts';
import { AttemptStore } from './sign-in/store.ts';
import { TenantStore } from './store.ts';
import { TokenController } from './tokens/controller.ts';
import { TokenService } from './tokens/service.ts';
import { TokenStore } from './tokens/store.ts';
import { UnitCommands } from './units/commands.ts';
import { UnitController } from './units/controller.ts';
import { UnitService } from './units/service.ts';
import { UnitStore } from './units/store.ts';
import { ViewController } from './views/controller.ts';
import { ViewService } from './views/service.ts';
import { ViewStore } from './views/store.ts';

const stores = [
  TenantStore,
  UnitStore,
  PersonStore,
  PeopleExpiryStore,
  AccountStore,
  GrantStore,
  SessionStore,
  SessionExpiryStore,
  SecondFactorStore,
  IdentityStore,
  DeputyStore,
  TokenStore,
  AttemptStore,
  ViewStore,
  DraftStore,
];
const services = [TenantService, UnitService, PeopleService, PeopleExpiry, AccountService, GrantService, DeputyService, IdentityService, SecondFactorService, SessionExpiry, SignInService, TokenService, ViewService, DraftService, SessionService];

/** People, units, roles and who is calling: binds the guard's `AUTHENTICATOR`. */
@Module({
  imports: [AuditModule, CalendarModule],
  controllers: [SignInController, UnitController, PeopleController, SecondFactorController, IdentityController, DeputyController, TokenController, ViewController, DraftController, SessionController],
  providers: [
    ...stores,
    ...services,
    CallerService,
    UnitCommands,
    PeopleCommands,
    SecondFactorCommands,
    IdentityCommands,
    { provide: AUTHENTICATOR, useExisting: CallerService },
  ],
  exports: [...services, AUTHENTICATOR],
})
export class AccountsModule {}
