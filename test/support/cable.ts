import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * `whole`: passes everything on · `cut`: ends what is open and takes nothing new · `slow`: each piece waits · `dead`: the
 * other end is gone without a word: connections are taken, and nothing ever passes.
 */
export type CableState = 'whole' | 'cut' | 'slow' | 'dead';

const SLOW_MS = 150;

/** A line between two processes of a test that can be disturbed while they use it. */
export class Cable {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  #state: CableState = 'whole';

  private constructor(server: Server) {
    this.#server = server;
  }

  static async to(port: number, host = '127.0.0.1'): Promise<Cable> {
    const server = createServer({ pauseOnConnect: false });
    const cable = new Cable(server);
    server.on('connection', (near) => cable.#join(near, port, host));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return cable;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Connections that were dead stay so when the cable is whole again, as they do in a network. */
  set state(state: CableState) {
    this.#state = state;
    if (state === 'cut') this.#hangUp();
  }

  async close(): Promise<void> {
    this.#hangUp();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #hangUp(): void {
    for (const socket of this.#open) socket.destroy();
  }

  #join(near: Socket, port: number, host: string): void {
    if (this.#state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect({ port, host });
    this.#carry(near, far);
    this.#carry(far, near);
  }

  #carry(from: Socket, to: Socket): void {
    let isDead = false;
    this.#open.add(from);
    from.setNoDelay(true);
    from.on('error', () => undefined);
    from.on('close', () => {
      this.#open.delete(from);
      if (!isDead) to.destroy();
    });
    from.on('data', (bytes) => {
      isDead ||= this.#state === 'dead';
      if (isDead) return;
      if (this.#state !== 'slow') {
        to.write(bytes);
        return;
      }
      // In order: nothing more is read until this has gone.
      from.pause();
      setTimeout(() => {
        to.write(bytes);
        from.resume();
      }, SLOW_MS);
    });
  }
}
