import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { createLog, NestLog } from '../../src/platform/logging.ts';
import { requestContext } from '../../src/platform/request-context.ts';

const PERSON = '张三 13800138000';

function logged(write: (log: ReturnType<typeof createLog>) => void): string[] {
  const lines: string[] = [];
  write(createLog('trace', { write: (line) => void lines.push(line) }));
  return lines;
}

describe('the log', () => {
  it('prints listed fields and drops all others, also those bound to a child', () => {
    const [line = ''] = logged((log) =>
      log.child({ name: PERSON, component: 'test' }).info({ caseId: 'c1', body: { phone: PERSON }, cookie: PERSON }, 'done'),
    );
    expect(line).not.toContain('张三');
    expect(JSON.parse(line)).toMatchObject({ level: 'info', component: 'test', caseId: 'c1', msg: 'done' });
  });

  it('prints of an error what cannot quote a person', () => {
    const driver = Object.assign(new Error(`Key (phone)=(${PERSON}) already exists`), { code: '23505', table: 'accounts_person' });
    const failures = [
      new QueryFailedError('INSERT INTO accounts_person VALUES ($1)', [PERSON], driver),
      driver,
      new SyntaxError(`Unexpected token in "${PERSON}"`),
    ];
    const lines = logged((log) => failures.forEach((err) => log.error({ err }, 'failed')));
    expect(lines.join('')).not.toContain('张三');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ err: { name: 'QueryFailedError', code: '23505', table: 'accounts_person' } });
    expect(JSON.parse(logged((log) => log.error({ err: new TypeError('x is not a function') }, 'failed'))[0] ?? '')).toMatchObject({
      err: { name: 'TypeError', message: 'x is not a function' },
    });
  });

  it('names the request on every line written on its behalf', async () => {
    const lines = logged((log) => requestContext.run({ requestId: 'r-1' }, () => new NestLog(log).warn('careful', 'Context')));
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId: 'r-1', component: 'Context', msg: 'careful' });
  });
});
