import { z } from 'zod';
import type { Fen } from '../kernel/money.ts';
import type { LocalDate } from '../kernel/time.ts';
import { CATEGORIES } from './model.ts';

export const Category = z.enum(CATEGORIES).meta({ id: 'Category', description: '一老一少、吃住行医育护 and what the sources add' });

/** A day in Asia/Shanghai. */
export const Day = z.iso.date().transform((text) => text as LocalDate);

/** 1 trillion yuan is beyond any budget here and far within what a double counts exactly. */
export const Money = z.number().int().min(0).max(100_000_000_000_000).transform((value) => value as Fen);

export const line = (most: number) => z.string().trim().min(1).max(most);

export const Outcomes = z.strictObject({
  /** One row per record that was sent; code null = done. */
  results: z.array(z.strictObject({ id: z.uuid(), code: z.string().nullable() })),
});

export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');
