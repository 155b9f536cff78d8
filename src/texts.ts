import type { Texts } from './kernel/texts.ts';
import { texts as http } from './platform/http/texts.ts';
import { texts as tables } from './platform/tables/texts.ts';

/** Every text a user may read, in the order of the areas; each area adds its own line. */
export const texts: Texts = { ...http, ...tables };
