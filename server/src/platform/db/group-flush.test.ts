import { expect, test } from 'vitest';
import { GroupFlush } from './group-flush.ts';

function controlled() {
  const begun: { resolve(): void; reject(error: Error): void }[] = [];
  const group = new GroupFlush(
    () =>
      new Promise<void>((resolve, reject) => {
        begun.push({ resolve, reject });
      }),
  );
  return { begun, group };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('who comes while a flush runs waits for the next, and all of them for one', async () => {
  const { begun, group } = controlled();
  const done: string[] = [];
  const first = group.wait().then(() => done.push('first'));
  const late = [group.wait(), group.wait()].map((wait, n) =>
    wait.then(() => done.push(`late ${n}`)),
  );
  expect(begun).toHaveLength(1);
  begun[0]?.resolve();
  await first;
  await turn();
  expect(done).toEqual(['first']);
  expect(begun).toHaveLength(2);
  begun[1]?.resolve();
  await Promise.all(late);
  expect(done).toEqual(['first', 'late 0', 'late 1']);
  expect(begun).toHaveLength(2);
});

test('a flush that fails is told to those who waited for it, and to nobody else', async () => {
  const { begun, group } = controlled();
  const first = group.wait();
  const second = group.wait();
  begun[0]?.reject(new Error('the server is gone'));
  await expect(first).rejects.toThrow('gone');
  await turn();
  begun[1]?.resolve();
  await expect(second).resolves.toBeUndefined();
  const third = group.wait();
  expect(begun).toHaveLength(3);
  begun[2]?.resolve();
  await expect(third).resolves.toBeUndefined();
});
