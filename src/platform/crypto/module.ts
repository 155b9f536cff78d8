import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../config.ts';
import { BlindIndex } from './blind-index.ts';
import { Passwords, STANDARD_COST, type ScryptCost } from './passwords.ts';
import { SubjectKeys } from './subject-keys.ts';

@Module({})
export class CryptoModule {
  static with(keys: Config['keys'], passwordCost: ScryptCost = STANDARD_COST): DynamicModule {
    const providers = [
      { provide: SubjectKeys, useValue: new SubjectKeys(keys.subject) },
      { provide: BlindIndex, useValue: new BlindIndex(keys.subject) },
      { provide: Passwords, useValue: new Passwords(keys.pepper, passwordCost) },
    ];
    return { module: CryptoModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}
