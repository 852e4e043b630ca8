/**
 * The server's policy takes styles that carry the nonce of this very page. Ant Design gives it to
 * those it makes itself; parts below it make a few without asking (the one that stops the page from
 * scrolling behind a dialog), so every style that a script of ours makes gets it here.
 */

/** The nonce of this page; the browser hides the attribute but keeps the property. */
export const styleNonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';

export function signStyles(): void {
  if (styleNonce === '') return;
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = styleNonce;
    return element;
  }) as typeof document.createElement;
}
