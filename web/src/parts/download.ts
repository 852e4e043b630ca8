/** A file that the server makes, saved by the browser under the name the server gave it. */
import { ask } from '../api/client.ts';

const NAME = /filename="([^"\\/]+)"/;

/** Asks for a file and saves it; throws `Problem` when it is refused. */
export async function download(
  call: () => Promise<{ data?: Blob; error?: unknown; response: Response }>,
): Promise<void> {
  let name = '';
  const blob = await ask(async () => {
    const answer = await call();
    name = NAME.exec(answer.response.headers.get('content-disposition') ?? '')?.[1] ?? '';
    return answer;
  });
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
