/** One address in front of two servers, as a virtual address or a balancer gives it. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export class Switch {
  readonly #listener: Server;
  readonly #ends = new Set<Socket>();
  #target: number;
  #turnedAt = NaN;

  private constructor(listener: Server, target: number) {
    this.#listener = listener;
    this.#target = target;
  }

  static async to(target: number): Promise<Switch> {
    const listener = createServer();
    const one = new Switch(listener, target);
    listener.on('connection', (near) => one.#join(near));
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return one;
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  /** The port that new connections are led to. */
  get target(): number {
    return this.#target;
  }

  /** When it was last turned, in milliseconds by the clock of this process. */
  get turnedAt(): number {
    return this.#turnedAt;
  }

  #join(near: Socket): void {
    const far = connect(this.#target, '127.0.0.1');
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#ends.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        this.#ends.delete(end);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  }

  /** Leads new connections to another server and cuts those that stand. */
  turn(target: number): void {
    this.#target = target;
    this.#turnedAt = performance.now();
    for (const end of this.#ends) end.destroy();
  }

  async close(): Promise<void> {
    for (const end of this.#ends) end.destroy();
    await new Promise((resolve) => this.#listener.close(resolve));
  }
}
