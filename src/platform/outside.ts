import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Lists that lie outside the database, so that no restore of it takes them back; lines of JSON, only ever appended to.
 * Without a folder nothing is kept, and a restore knows of nothing that came after its backup.
 */
export class OutsideList<Line> {
  readonly #file: string | undefined;

  constructor(folder: string | undefined, name: string) {
    this.#file = folder && join(folder, `${name}.ndjson`);
  }

  get isKept(): boolean {
    return this.#file !== undefined;
  }

  async read(): Promise<Line[]> {
    if (!this.#file) return [];
    const text = await readFile(this.#file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    // What follows the last line break was being written when the machine went down.
    return text.slice(0, text.lastIndexOf('\n') + 1).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line);
  }

  async append(lines: readonly Line[]): Promise<void> {
    if (!this.#file || lines.length === 0) return;
    await mkdir(join(this.#file, '..'), { recursive: true, mode: 0o700 });
    await appendFile(this.#file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { mode: 0o600 });
  }
}
