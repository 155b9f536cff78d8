import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { transform } from '@swc/core';

const run = promisify(execFile);
const modules = ['kernel/refusal', 'kernel/time', 'calendar/model', 'calendar/notices/2026'];

/** What a process prints must not depend on its TZ: chinese-days 1.5.7 counts a holiday as a workday in New York. */
const program = `
import { calendarFrom, addWorkdays, resolveDeadline, quarterOf, meetingDate } from './calendar/model.mjs';
import { addDays, shanghaiDate, shanghaiInstant } from './kernel/time.mjs';
import { notice2026 } from './calendar/notices/2026.mjs';
const calendar = calendarFrom([notice2026], 1);
console.log(new Date('2026-01-01').getTimezoneOffset());
console.log(addWorkdays('2026-09-30', 1, calendar), meetingDate('2026Q4', 10, calendar));
for (let n = 0; n < 200; n += 1) {
  const date = addDays('2026-03-01', n);
  for (const hour of [0, 7, 8, 16, 23]) {
    const from = shanghaiInstant(date, hour);
    console.log(shanghaiDate(from), quarterOf(date), resolveDeadline({ from, n: 5, unit: 'workday' }, calendar).at);
  }
}
`;

describe('the process time zone', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cobuild-time-zone-'));
    for (const name of modules) {
      const source = await readFile(new URL(`../../src/${name}.ts`, import.meta.url), 'utf8');
      const { code } = await transform(source, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } });
      const file = join(folder, `${name}.mjs`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, code.replaceAll(/\.ts(?=['"])/g, '.mjs'));
    }
    await writeFile(join(folder, 'program.mjs'), program);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('changes no date, deadline or quarter', async () => {
    const zones = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Marquesas'];
    const outputs = await Promise.all(
      zones.map(async (TZ) => (await run(process.execPath, ['program.mjs'], { cwd: folder, env: { TZ } })).stdout),
    );
    const offsets = outputs.map((output) => output.slice(0, output.indexOf('\n')));
    const answers = outputs.map((output) => output.slice(output.indexOf('\n') + 1));
    expect(offsets).toEqual(['0', '-480', '300', '-840', '570']);
    expect(answers[0]).toMatch(/^2026-10-08 2026-10-20\n/);
    expect(new Set(answers).size).toBe(1);
  });
});
