import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type HtmlTagDescriptor, type IndexHtmlTransformContext, type Rolldown } from 'vite';
import { antdImports } from './antd-imports.ts';
import { chunks } from './chunks.ts';

const HERE = import.meta.dirname;
const API = process.env['API_URL'] || 'http://127.0.0.1:3000';

/** Replaced in each answer by a number used once (`src/platform/http/page.ts`). */
const NONCE = 'CSP_NONCE_OF_THIS_ANSWER';

export default defineConfig({
  root: HERE,
  publicDir: 'static',
  plugins: [antdImports(), react(), publicPagesInDevelopment(), startNamedInHtml()],
  html: { cspNonce: NONCE },
  build: {
    target: 'es2022',
    emptyOutDir: true,
    // An inlined asset is a data: address, which the content security policy allows for pictures alone.
    assetsInlineLimit: 0,
    // Without it an older browser loads the same files, a little later.
    modulePreload: { polyfill: false },
    // The budget is measured compressed, by `npm run bench:web`.
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: { staff: resolve(HERE, 'index.html'), public: resolve(HERE, 'p.html') },
      output: { codeSplitting: { groups: chunks() } },
    },
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

/**
 * The office's entry is a few lines that ask for what takes a journey of its own and then load the rest (`staff/start.tsx`): the
 * page names that rest at once, so that it comes at the same time.
 */
function startNamedInHtml() {
  const filesOf = (bundle: Rolldown.OutputBundle, name: string, seen: Set<string>): Set<string> => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || seen.has(name)) return seen;
    seen.add(name);
    for (const style of chunk.viteMetadata?.importedCss ?? []) seen.add(style);
    for (const needed of chunk.imports) filesOf(bundle, needed, seen);
    return seen;
  };
  return {
    name: 'start-named-in-html',
    transformIndexHtml: {
      order: 'post' as const,
      handler(html: string, { bundle, filename }: IndexHtmlTransformContext): HtmlTagDescriptor[] {
        const start = Object.values(bundle ?? {}).find((it) => it.type === 'chunk' && it.facadeModuleId === resolve(HERE, 'staff/start.tsx'));
        if (!bundle || !start || filename !== resolve(HERE, 'index.html')) return [];
        return [...filesOf(bundle, start.fileName, new Set())]
          .map((file) => `/${file}`)
          .filter((href) => !html.includes(`"${href}"`))
          .map((href) => ({
            tag: 'link',
            attrs: { rel: href.endsWith('.css') ? 'stylesheet' : 'modulepreload', crossorigin: true, href, nonce: NONCE },
            injectTo: 'head' as const,
          }));
      },
    },
  };
}
