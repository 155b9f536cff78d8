import { randomInt } from 'node:crypto';
import { createServer, connect } from 'node:net';

const LOCALHOST = '127.0.0.1';
// Below the range from which systems take ports for outgoing connections: a server that is killed and
// started again finds its port still free.
const FIRST = 15_000;
const LAST = 29_999;

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: LOCALHOST, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** `preferred` if it is free, otherwise any. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(FIRST, LAST + 1);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port found between ${FIRST} and ${LAST}`);
}

/** Whether something accepts connections there. */
export function accepts(port: number, host = LOCALHOST): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
