import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { asProblem, type Problem } from './api/problem.ts';
import { loadFonts } from './app/fonts.ts';
import { getPreferences } from './app/preferences.ts';
import { followSession, router } from './app/router.tsx';
import { signStyles } from './app/style-nonce.ts';
import { StepUpGate } from './app/step-up.tsx';
import { ThemeProvider } from './app/theme.tsx';
import { copyPlainDigits } from './parts/copy.ts';
import './styles/base.css';

const RETRIES_MAX = 2;
/** A reader does not wait longer than this for a server that asks to come again. */
const RETRY_AFTER_SECONDS_MAX = 2;

/** Whether the same question may be answered in a moment: no answer, or a server that is busy now. */
function mayPass({ status, retryAfterSeconds }: Problem): boolean {
  return status === 0 || (retryAfterSeconds ?? Infinity) <= RETRY_AFTER_SECONDS_MAX;
}

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Only what may have failed by chance is asked again: a refusal stays a refusal.
      retry: (count, error) => mayPass(asProblem(error)) && count < RETRIES_MAX,
      refetchOnWindowFocus: false,
    },
  },
});

document.documentElement.lang = getPreferences().language;
signStyles();
loadFonts();
// Nothing of one reader's answers is left for the next.
followSession(() => queries.clear());
copyPlainDigits();

const root = document.querySelector('#root');
if (root === null) throw new Error('the page has no place for the console');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <ThemeProvider>
        <StepUpGate>
          <RouterProvider router={router} />
        </StepUpGate>
      </ThemeProvider>
    </QueryClientProvider>
  </StrictMode>,
);
