import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../shared/base.css';
import { applyTextSize } from '../shared/settings/text-size.ts';
import { startTexts } from '../shared/texts/i18n.ts';
import { App } from './app.tsx';
import { giveNonceToStyles } from './style-nonce.ts';

export function start(): void {
  giveNonceToStyles();
  startTexts();
  applyTextSize();
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
