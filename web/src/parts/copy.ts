import { plainDigits } from './decimal.ts';

/** What is copied from the page pastes into a spreadsheet as numbers, without group separators. */
export function copyPlainDigits(): void {
  document.addEventListener('copy', (event) => {
    const { target } = event;
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
    const selected = document.getSelection()?.toString() ?? '';
    const plain = plainDigits(selected);
    if (plain === selected || event.clipboardData === null) return;
    event.clipboardData.setData('text/plain', plain);
    event.preventDefault();
  });
}
