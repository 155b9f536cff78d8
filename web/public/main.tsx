import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router';
import '../shared/base.css';
import { createQueries } from '../shared/queries.ts';
import { applyTextSize } from '../shared/settings/text-size.ts';
import { startTexts } from '../shared/texts/i18n.ts';
import { adoptDistrict } from './blocks/district.ts';
import './public.css';
import { createRouter } from './routes.tsx';

function App() {
  const [queries] = useState(createQueries);
  const [router] = useState(createRouter);
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}

startTexts();
applyTextSize();
adoptDistrict();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
