/**
 * A small disk of its own for a part of the house: a file system on an image in memory, which can be
 * filled, turned read-only by an error of its own, and lose its power. It needs root on Linux.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { flushFolder } from '../failover/cluster.ts';
import { pause } from './fault.ts';

const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    .toString()
    .trim();

/** Whether disks can be mounted here. */
const isPossible = process.platform === 'linux' && process.getuid?.() === 0;

/** Fills the disk of a folder to its last block; returns how to free it. */
export function fillDisk(folder: string): () => void {
  const path = join(folder, 'filler');
  const file = openSync(path, 'w');
  try {
    // The last bytes too: a file of a few hundred would still find its room.
    for (const size of [65_536, 1_024, 1]) {
      const block = Buffer.alloc(size, 7);
      try {
        for (;;) writeSync(file, block);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  } finally {
    closeSync(file);
  }
  return () => {
    rmSync(path);
    // On the disk too: a loss of power right after it would bring the file back, and a full disk.
    flushFolder(folder);
  };
}

/** A plain disk in memory over a folder: it can be full and read-only. */
export class MemoryFolder {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static mount(folder: string, sizeMb: number): MemoryFolder | undefined {
    if (!isPossible) return undefined;
    try {
      mkdirSync(folder, { recursive: true });
      run('mount', '-t', 'tmpfs', '-o', `size=${sizeMb}m,mode=0777`, 'tmpfs', folder);
      return new MemoryFolder(folder);
    } catch {
      return undefined;
    }
  }

  /** Takes writes, or none. */
  setReadOnly(isReadOnly: boolean): void {
    run('mount', '-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.folder);
  }

  unmount(): void {
    run('umount', '-l', this.folder);
  }
}

/** A disk that keeps only what was flushed to it when the power goes. */
export class OwnDisk {
  readonly folder: string;
  readonly #images: MemoryFolder;
  #image: string;
  #count = 0;

  private constructor(folder: string, images: MemoryFolder) {
    this.folder = folder;
    this.#images = images;
    this.#image = join(images.folder, 'disk-0');
  }

  /** Mounts a disk of so many megabytes over the folder; undefined where that is not possible. */
  static mount(folder: string, sizeMb: number): OwnDisk | undefined {
    // The image, and the one that is left when the power goes.
    const images = MemoryFolder.mount(`${folder}-images`, 2 * sizeMb + 16);
    if (images === undefined) return undefined;
    try {
      const disk = new OwnDisk(folder, images);
      run('truncate', '-s', `${sizeMb}m`, disk.#image);
      run(
        'mkfs.ext4',
        '-q',
        '-m',
        '0',
        '-E',
        'lazy_itable_init=0,lazy_journal_init=0',
        disk.#image,
      );
      disk.#attach();
      return disk;
    } catch {
      images.unmount();
      return undefined;
    }
  }

  #attach(): void {
    run('mount', '-o', 'loop,errors=remount-ro', this.#image, this.folder);
    chmodSync(this.folder, 0o777);
  }

  /** The file system meets an error and turns itself read-only, as it is told to. */
  fail(): void {
    const device = basename(run('findmnt', '-no', 'SOURCE', this.folder));
    writeFileSync(join('/sys/fs/ext4', device, 'trigger_fs_error'), '1');
  }

  /** Processes that were killed may take a moment to let go of their files. */
  async #detach(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        run('umount', this.folder);
        return;
      } catch (error) {
        if (tries === 100) throw error;
        await pause(50);
      }
    }
  }

  /** Makes a disk that failed whole again. Those who had files of it open must be gone. */
  async mend(): Promise<void> {
    await this.#detach();
    try {
      run('e2fsck', '-fy', this.#image);
    } catch (error) {
      // 1: errors were corrected.
      if ((error as { status?: number }).status !== 1) throw error;
    }
    this.#attach();
  }

  /**
   * What the disk holds at this moment is kept aside: flushed blocks, and nothing of the memory of
   * the machine. Whoever writes must be stopped. Returns how to go on with it once all are gone.
   */
  async cutPower(): Promise<() => Promise<void>> {
    const before = this.#image;
    const kept = join(this.#images.folder, `disk-${(this.#count += 1)}`);
    const changedAt = () => statSync(before, { bigint: true }).mtimeNs;
    for (;;) {
      // The kernel stamps changes to its tick: quiet for some ticks first, so that none hides in one.
      const seen = changedAt();
      await pause(50);
      if (changedAt() !== seen) continue;
      run('cp', '--sparse=always', before, kept);
      // What the machine wrote back meanwhile would stand in the copy out of order.
      if (changedAt() === seen) break;
    }
    return async () => {
      await this.#detach();
      rmSync(before);
      this.#image = kept;
      this.#attach();
    };
  }

  unmount(): void {
    if (!existsSync(this.folder)) return;
    run('umount', '-l', this.folder);
    this.#images.unmount();
  }
}
