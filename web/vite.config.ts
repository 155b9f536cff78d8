import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const HERE = import.meta.dirname;
const API = process.env['API_URL'] || 'http://127.0.0.1:3000';

/** Replaced in each answer by a number used once (`src/platform/http/page.ts`). */
const NONCE = 'CSP_NONCE_OF_THIS_ANSWER';

export default defineConfig({
  root: HERE,
  publicDir: 'static',
  plugins: [react(), publicPagesInDevelopment()],
  html: { cspNonce: NONCE },
  build: {
    target: 'es2022',
    emptyOutDir: true,
    // An inlined asset is a data: address, which the content security policy allows for pictures alone.
    assetsInlineLimit: 0,
    // The budget is measured compressed, by `npm run bench:web`.
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: { staff: resolve(HERE, 'index.html'), public: resolve(HERE, 'p.html') } },
  },
  server: {
    port: Number(process.env['PORT'] || 5173),
    strictPort: true,
    proxy: {
      '/api': {
        target: API,
        configure: (proxy) => {
          // To the API the page comes from the API's own address, so no further origin has to be configured.
          proxy.on('proxyReq', (request) => {
            if (request.hasHeader('origin')) request.setHeader('origin', new URL(API).origin);
          });
        },
      },
    },
  },
});

/** What the API does for the built page: everything below /p is the public entry. */
function publicPagesInDevelopment() {
  return {
    name: 'public-pages',
    configureServer(server: { middlewares: { use(handler: (request: { url?: string }, response: unknown, next: () => void) => void): void } }) {
      server.middlewares.use((request, _response, next) => {
        if (/^\/p(\/|\?|$)/.test(request.url ?? '')) request.url = '/p.html';
        next();
      });
    },
  };
}
