/** A set of fixed-width byte keys: exact, and about 45 bytes a key instead of a string object. */
export class SerialSet {
  readonly #width: number;
  #keys: Buffer;
  #slots = new Int32Array(1024);
  #size = 0;

  /** `width` is the length of every key in bytes. */
  constructor(width: number) {
    this.#width = width;
    this.#keys = Buffer.alloc(width * 512);
  }

  /** Adds the key; false if it was there already. */
  add(key: Uint8Array): boolean {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    let slot = this.#slotOf(key);
    for (;;) {
      const stored = this.#slots[slot]!;
      if (stored === 0) break;
      if (this.#isKey(stored - 1, key)) return false;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    this.#keys.set(key, this.#size * this.#width);
    this.#size++;
    this.#slots[slot] = this.#size;
    return true;
  }

  #slotOf(key: Uint8Array): number {
    let hash = 0x811c9dc5;
    for (let at = 0; at < this.#width; at++) {
      hash = Math.imul(hash ^ key[at]!, 0x0100_0193);
    }
    return (hash ^ (hash >>> 15)) & (this.#slots.length - 1);
  }

  #isKey(position: number, key: Uint8Array): boolean {
    const start = position * this.#width;
    for (let at = 0; at < this.#width; at++) {
      if (this.#keys[start + at] !== key[at]) return false;
    }
    return true;
  }

  #grow(): void {
    const keys = Buffer.alloc(this.#keys.length * 2);
    keys.set(this.#keys);
    this.#keys = keys;
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let position = 0; position < this.#size; position++) {
      const start = position * this.#width;
      let slot = this.#slotOf(keys.subarray(start, start + this.#width));
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = position + 1;
    }
  }
}
