/** The thread that renders: fonts and pages take a while, and requests do not wait for them. */
import { parentPort } from 'node:worker_threads';
import type { Document, DocumentFormat } from './domain/document.ts';
import { renderPdf } from './pdf.ts';
import { renderXlsx } from './xlsx.ts';

interface Call {
  readonly id: number;
  readonly document: Document;
  readonly format: DocumentFormat;
}

parentPort?.on('message', ({ id, document, format }: Call) => {
  const render = format === 'pdf' ? renderPdf : renderXlsx;
  render(document).then(
    (bytes) => parentPort?.postMessage({ id, bytes: new Uint8Array(bytes) }),
    (error: unknown) => parentPort?.postMessage({ id, error: String((error as Error).stack) }),
  );
});
