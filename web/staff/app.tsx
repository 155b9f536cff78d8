import { useState } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router';
import { createQueries } from '../shared/queries.ts';
import { createRouter } from './routes.tsx';
import { Theme } from './theme.tsx';

export function App() {
  const [queries] = useState(createQueries);
  const [router] = useState(createRouter);
  return (
    <QueryClientProvider client={queries}>
      <Theme>
        <RouterProvider router={router} />
      </Theme>
    </QueryClientProvider>
  );
}
