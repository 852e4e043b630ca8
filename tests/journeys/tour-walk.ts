/** Takes the tour: its commands in one shell, as somebody who copies them. */
import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Broker } from './broker.ts';
import { environmentFor, ROOT } from './served.ts';
import { patternOf, type TourStep } from './tour-pages.ts';

const MARK = '=-=-=';

/** The tools that the tour asks for and this machine lacks. */
export const MISSING_TOOLS = ['bash', 'curl'].filter(
  (tool) => spawnSync(tool, ['--version']).error,
);

/** Walks these steps at an address; what printed something else than its page says, with it. */
export async function walkTour(
  steps: readonly TourStep[],
  { broker, url }: { readonly broker: Broker; readonly url: string },
): Promise<string[]> {
  // Not waited for in this thread: what passes requests on may run in it.
  const shell = spawn('bash', ['-s'], {
    cwd: ROOT,
    env: { ...environmentFor(broker.dataDir), ...broker.settings },
  });
  const said = Promise.all([text(shell.stdout), text(shell.stderr)]);
  shell.stdin.end(
    steps
      .map(({ commands }) => `${commands}\necho '${MARK}'\n`)
      .join('')
      .replace('http://localhost:8080', url)
      .replace('paste the one-time key here', broker.bootstrapKey),
  );
  const [stdout, stderr] = await said;
  const printed = stdout.split(`${MARK}\n`);
  return steps.flatMap(({ commands, output }, index) => {
    const here = printed[index]?.trim() ?? '';
    return patternOf(output).test(here) ? [] : [`${commands}\nprinted: ${here}\n${stderr}`];
  });
}
