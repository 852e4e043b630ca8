import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// The server puts a fresh nonce in place of this word in every page that it sends.
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

// Where the API answers while the console is developed: `npm run dev -w @cairn/web`.
const API = 'http://localhost:8080';
const API_PATHS =
  '^/(auth|staff|sessions|partner-keys|audit|approvals|customers|products|asset-accounts|cash-transfers|suitability|orders|fund-accounts|business-days|exceptions|files|health|ready|docs|openapi\\.json)(/|$|\\?)';

const ICON = /@ant-design\/icons\/es\/components\/AntdIcon(Light)?\.js$/;
const SPOKEN = /role: "img",\s+"aria-label": icon\.name/;

/**
 * Icons are ornaments: what they stand in has a name. The library would have every screen reader
 * say 'moon' or 'close-circle', in English; one that is given a name still says it.
 */
const silentIcons: Plugin = {
  name: 'silent-icons',
  transform(code, id) {
    if (!ICON.test(id.split('?', 1)[0] ?? '')) return undefined;
    if (!SPOKEN.test(code)) throw new Error('the icons of this version are written otherwise');
    const silent = '...(restProps["aria-label"] ? { role: "img" } : { "aria-hidden": true })';
    return { code: code.replace(SPOKEN, silent), map: null };
  },
};

export default defineConfig({
  plugins: [react(), silentIcons],
  // The kernel's sources, as everywhere in this repository; other packages as they are published.
  resolve: { alias: { '@cairn/kernel': `${import.meta.dirname}/../kernel/src/index.ts` } },
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
