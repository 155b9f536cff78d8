import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { AT_ONCE, MOST_WAITING } from '../../../src/platform/crypto/hashing.ts';
import { Passwords, STANDARD_COST } from '../../../src/platform/crypto/passwords.ts';

const pepper = { id: 'p1', secret: randomBytes(32) };
const CHEAP = { logN: 10, r: 8, p: 1 };
const passwords = new Passwords([pepper], CHEAP);

describe('passwords', () => {
  it('are stored with suite, parameters, pepper and salt, never twice alike', async () => {
    const [a, b] = [await passwords.hash('correct horse'), await passwords.hash('correct horse')];
    expect(a).toMatch(/^1\$10\$8\$1\$p1\$[\w-]{22}\$[\w-]{43}$/);
    expect(a).not.toBe(b);
    expect(await passwords.verify('correct horse', a)).toEqual({ correct: true, outdated: false });
    expect(await passwords.verify('correct horses', a)).toEqual({ correct: false, outdated: false });
  });

  it('are the same in composed and decomposed form, full width or not', async () => {
    const stored = await passwords.hash('cafe\u0301 １２３');
    expect((await passwords.verify('café 123', stored)).correct).toBe(true);
  });

  it('cost what OWASP asks for unless told otherwise', async () => {
    expect(STANDARD_COST).toEqual({ logN: 17, r: 8, p: 1 });
    const standard = new Passwords([pepper]);
    const stored = await standard.hash('correct horse');
    expect(stored).toMatch(/^1\$17\$8\$1\$/);
    expect(await standard.verify('correct horse', stored)).toEqual({ correct: true, outdated: false });
  });

  it('hashed with other parameters are right, and due for a new hash', async () => {
    const stored = await new Passwords([pepper], { ...CHEAP, logN: 11 }).hash('correct horse');
    expect(await passwords.verify('correct horse', stored)).toEqual({ correct: true, outdated: true });
    expect(await passwords.verify('wrong', stored)).toEqual({ correct: false, outdated: false });
  });

  it('need the pepper they were hashed with', async () => {
    const stored = await passwords.hash('correct horse');
    const stolen = new Passwords([{ id: 'p1', secret: randomBytes(32) }], CHEAP);
    expect((await stolen.verify('correct horse', stored)).correct).toBe(false);
    const renamed = new Passwords([{ ...pepper, id: 'p2' }], CHEAP);
    expect((await renamed.verify('correct horse', stored)).correct).toBe(false);
  });

  it('outlive a new pepper as long as the old one is there, and are due for a new hash', async () => {
    const stored = await passwords.hash('correct horse');
    const fresh = { id: 'p2', secret: randomBytes(32) };
    const rotated = new Passwords([fresh, pepper], CHEAP);
    expect(await rotated.verify('correct horse', stored)).toEqual({ correct: true, outdated: true });
    expect(await rotated.verify('wrong', stored)).toEqual({ correct: false, outdated: false });
    const again = await rotated.hash('correct horse');
    expect(again).toMatch(/^1\$10\$8\$1\$p2\$/);
    expect(await new Passwords([fresh], CHEAP).verify('correct horse', again)).toEqual({ correct: true, outdated: false });
  });

  it('of nobody, or in no known form, are computed all the same and never right', async () => {
    expect((await passwords.verify('', undefined)).correct).toBe(false);
    expect((await passwords.verify('x', 'plain text')).correct).toBe(false);
    expect((await passwords.verify('x', '9$10$8$1$p1$c2FsdA$aGFzaA')).correct).toBe(false);
  });

  it('wait for one another, so many and no more; the next is told to come back, not at once', async () => {
    const running = Array.from({ length: AT_ONCE + MOST_WAITING }, (_, at) => passwords.hash(String(at)));
    expect(new Set(await Promise.all(running)).size).toBe(AT_ONCE + MOST_WAITING);
    const slow = new Passwords([pepper], { ...CHEAP, logN: 14 });
    const full = Array.from({ length: AT_ONCE + MOST_WAITING }, () => slow.hash('x'));
    const asked = performance.now();
    await expect(slow.verify('c', undefined)).rejects.toMatchObject({ code: 'SIGN_IN_BUSY', kind: 'tooMany' });
    expect(performance.now() - asked).toBeGreaterThan(900);
    await Promise.all(full);
    expect((await slow.verify('c', undefined)).correct).toBe(false);
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;

  onLinux('step back behind others, and further when many wait; none comes forward again', async () => {
    const nices = (): number[] =>
      readdirSync('/proc/self/task').map((task) => Number(readFileSync(`/proc/self/task/${task}/stat`, 'utf8').split(') ')[1]!.split(' ')[16]));
    const own = getPriority();
    const fresh = new Passwords([pepper], CHEAP);
    await fresh.hash('alone');
    expect(nices()).toContain(Math.max(own, 5));
    await Promise.all(Array.from({ length: AT_ONCE + MOST_WAITING }, () => fresh.hash('x')));
    expect(nices()).toEqual(expect.arrayContaining([own, Math.max(own, 5), Math.max(own, 15)]));
  });

  it('are hashed beside the event loop, which goes on meanwhile', async () => {
    const standard = new Passwords([pepper]);
    let turns = 0;
    const hashing = standard.hash('x').then(() => 'hashed' as const);
    for (let ended: string | undefined; ended === undefined; ) {
      ended = await Promise.race([hashing, new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined)))]);
      turns += 1;
    }
    expect(turns).toBeGreaterThan(100);
  });
});
