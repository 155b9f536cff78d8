// npm run dev: the page with hot reload, beside a running `npm start`. API_URL: where that is, if not on port 3000.
import { checkNode, install, main, say, SetupError } from './lib/project.mjs';

await main(async () => {
  checkNode();
  install();
  const api = process.env.API_URL || 'http://127.0.0.1:3000';
  const isThere = await fetch(`${api}/api/health/live`).then((answer) => answer.ok, () => false);
  if (!isThere) throw new SetupError(`no API answers at ${api}; run "npm start" in another terminal, or name it: API_URL=… npm run dev`);
  const { createServer } = await import('vite');
  const server = await createServer({ configFile: 'web/vite.config.ts' });
  await server.listen();
  say(`The page with hot reload: http://localhost:${server.config.server.port}`);
});
