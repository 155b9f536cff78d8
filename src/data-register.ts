import { writeFile } from 'node:fs/promises';
import { dataPage } from './data-page.ts';

await writeFile('docs/data.md', dataPage());
