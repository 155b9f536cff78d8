import { Column, PrimaryColumn, type ColumnOptions } from 'typeorm';
import { instantFromMs } from '../../kernel/time.ts';
import { register, type FieldNote } from './registry.ts';

/** Primary-key part: every key starts with the tenant. */
export const TenantKey = (): PropertyDecorator => PrimaryColumn({ name: 'tenant_id', type: 'text' });

export const IdKey = (name = 'id'): PropertyDecorator => PrimaryColumn({ name, type: 'uuid' });

export const TextKey = (name: string): PropertyDecorator => PrimaryColumn({ name, type: 'text' });

export const BytesKey = (name: string): PropertyDecorator => PrimaryColumn({ name, type: 'bytea' });

/** Place in the organisation tree; bytewise order, so that a subtree is one range. */
export const OrgPathColumn = (): PropertyDecorator => Column({ name: 'org_path', type: 'text', collation: 'C' });

/** Instants leave and enter as ISO text in UTC; the Date between them never escapes this file. */
export const InstantColumn = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({
    ...options,
    type: 'timestamptz',
    transformer: {
      to: (value: unknown) => value,
      from: (value: Date | null) => value && instantFromMs(value.getTime()),
    },
  });

export const DateColumn = (options: ColumnOptions = {}): PropertyDecorator => Column({ ...options, type: 'date' });

/** Amounts in fen or other whole numbers beyond 32 bits; read back as safe integers. */
export const WholeColumn = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({
    ...options,
    type: 'bigint',
    transformer: { to: (value: unknown) => value, from: (value: string | null) => (value === null ? null : Number(value)) },
  });

/** Text and JSON columns must say what they hold: the field registry is their only door. */
export const TextColumn =
  (note: FieldNote, options: ColumnOptions = {}): PropertyDecorator =>
  (target, property) => {
    register(target.constructor, property as string, options.name, note);
    Column({ ...options, type: 'text' })(target, property);
  };

export const JsonColumn =
  (note: FieldNote, options: ColumnOptions = {}): PropertyDecorator =>
  (target, property) => {
    register(target.constructor, property as string, options.name, note);
    Column({ ...options, type: 'jsonb' })(target, property);
  };

/** Ciphertext, digests of facts about people, exact bytes of records: noted like text, because text is inside. */
export const BytesColumn =
  (note: FieldNote, options: ColumnOptions = {}): PropertyDecorator =>
  (target, property) => {
    register(target.constructor, property as string, options.name, note);
    Column({ ...options, type: 'bytea' })(target, property);
  };
