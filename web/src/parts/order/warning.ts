import type { Preview } from './preview-panel.tsx';

/** Whether all that is missing is the customer's word that he read the warning and insists. */
export const needsWarning = (preview: Preview): boolean =>
  preview.findings.some(({ code }) => code === 'WARNING_NOT_CONFIRMED');
