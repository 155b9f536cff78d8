import { Global, Module } from '@nestjs/common';
import type { Config } from '../config.ts';
import { CONFIG } from '../module.ts';
import { BlindIndex } from './blind-index.ts';
import { Passwords } from './passwords.ts';
import { SubjectKeys } from './subject-keys.ts';

const providers = [
  { provide: SubjectKeys, inject: [CONFIG], useFactory: ({ keys }: Config) => new SubjectKeys(keys.subject) },
  { provide: BlindIndex, inject: [CONFIG], useFactory: ({ keys }: Config) => new BlindIndex(keys.subject) },
  { provide: Passwords, inject: [CONFIG], useFactory: ({ keys }: Config) => new Passwords(keys.pepper) },
];

/** Needs `PlatformModule` for the keys. */
@Global()
@Module({ providers, exports: providers.map(({ provide }) => provide) })
export class CryptoModule {}
