import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Log } from '../../platform/logging.ts';
import { periodically, type Periodic } from '../../platform/periodic.ts';
import { Turns } from '../../platform/tables/turns.ts';
import type { WordSource } from '../../platform/database/word-source.ts';
import type { SearchWords } from './service.ts';

const PAUSE_MS = 24 * 60 * 60_000;
/** Rows of one transaction. */
const MOST = 200;

/** Gives records that were written before there was a search the words by which they are found. */
export class WordFiller {
  readonly #database: Database;
  readonly #words: SearchWords;
  readonly #sources: readonly WordSource[];
  readonly #log: Log;

  constructor(database: Database, words: SearchWords, sources: readonly WordSource[], log: Log) {
    this.#database = database;
    this.#words = words;
    this.#sources = sources;
    this.#log = log;
  }

  start(): Periodic {
    return periodically(PAUSE_MS, () => this.fill(), (error) => this.#log.error({ err: error, job: 'wordFiller' }, 'round failed'));
  }

  /** One pass over everything; answers how many records were given words. What says nothing but signs stays without. */
  async fill(): Promise<number> {
    let filled = 0;
    for (const { tenant_id: tenant } of await this.#database.door<{ tenant_id: TenantId }>('door_tenants')) {
      for (const source of this.#sources) filled += await this.#fill(tenant, source);
    }
    return filled;
  }

  async #fill(tenant: TenantId, source: WordSource): Promise<number> {
    const turns = new Turns();
    let filled = 0;
    let after: string | undefined;
    do {
      const from = after;
      const page = await this.#database.within(tenantScope(tenant), async (tx) => {
        const rows = await source.wordless(tx, from, MOST);
        const found = rows.map(({ id, text }) => ({ id, words: this.#words.of(text) })).filter(({ words }) => words.length > 0);
        if (found.length > 0) await source.put(tx, found);
        filled += found.length;
        return rows;
      });
      after = page.length < MOST ? undefined : page.at(-1)?.id;
      await turns.take();
    } while (after !== undefined);
    return filled;
  }
}
