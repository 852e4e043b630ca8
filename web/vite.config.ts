import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The server puts a fresh nonce in place of this word in every page that it sends.
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

// Where the API answers while the console is developed: `npm run dev -w @cairn/web`.
const API = 'http://localhost:8080';
const API_PATHS =
  '^/(auth|staff|sessions|partner-keys|audit|approvals|customers|products|asset-accounts|cash-transfers|suitability|orders|fund-accounts|business-days|exceptions|files|health|ready|docs|openapi\\.json)(/|$|\\?)';

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['development', 'browser', 'module'] },
  html: { cspNonce: NONCE_PLACEHOLDER },
  server: { proxy: { [API_PATHS]: { target: API } } },
  build: {
    target: 'es2023',
    manifest: true,
    // A data: address in a style or image would ask for a wider policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
  },
});
