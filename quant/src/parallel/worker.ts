/* A thread of the pool: works at each task that it is given and says when there is no more of it. */
import { parentPort } from 'node:worker_threads';
import { type Task, workAt } from './tasks.ts';

/** A task with the number under which the thread answers. */
export interface Request {
  readonly id: number;
  readonly task: Task;
}

/** The end of a task; `fault` says why it failed. */
export interface Reply {
  readonly id: number;
  readonly fault: string | undefined;
}

parentPort?.on('message', ({ id, task }: Request) => {
  let fault: string | undefined;
  try {
    workAt(task);
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error);
  }
  const reply: Reply = { id, fault };
  parentPort?.postMessage(reply);
});
