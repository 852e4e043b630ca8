/** The signer of docs/operations/signed-requests.md, as it stands there. */
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PAGE = new URL('../../docs/operations/signed-requests.md', import.meta.url);

/** What a partner was handed over. */
export interface HandedOver {
  readonly key: string;
  readonly keyId: string;
  readonly secret: string;
  readonly algorithm?: string | undefined;
}

type Sign = (
  method: string,
  address: string,
  body: string,
  key: HandedOver,
) => Record<string, string>;

export interface Signer {
  readonly sign: Sign;
  /** The file, to be run as a program. */
  readonly path: string;
  remove(): void;
}

/** Writes the example into a file of its own and loads it. */
export function loadSigner(): Signer {
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(PAGE, 'utf8')) ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'cairn-test-signer-'));
  const path = join(folder, 'sign.mjs');
  writeFileSync(path, code);
  const load = createRequire(import.meta.url);
  const { signedHeaders } = load(path) as { signedHeaders: Sign };
  return { sign: signedHeaders, path, remove: () => rmSync(folder, { recursive: true }) };
}
