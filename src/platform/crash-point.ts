/**
 * Places where the fault tests end this process as a power cut would, or stop it until it is told to go on. Named in
 * `CRASH_POINT=<name>:<n>[:pause]`, which production refuses; without it a point is one comparison.
 */
export type CrashPoint = 'publish.open' | 'publish.committed' | 'command.stored' | 'command.decided';

let armed: { readonly name: string; readonly signal: 'SIGKILL' | 'SIGSTOP'; left: number } | undefined;

/** Dies or stops at the n-th passing of that point. */
export function armCrashPoint(spec: string | undefined): void {
  const [name = '', count = '1', how] = spec?.split(':') ?? [];
  armed = name === '' ? undefined : { name, signal: how === 'pause' ? 'SIGSTOP' : 'SIGKILL', left: Number(count) };
}

export function crashPoint(name: CrashPoint): void {
  if (armed?.name !== name) return;
  armed.left -= 1;
  if (armed.left === 0) process.kill(process.pid, armed.signal);
}
