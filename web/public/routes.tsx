import { createBrowserRouter } from 'react-router';
import HomePage from './pages/home/page.tsx';
import { NotFound } from './pages/home/not-found.tsx';
import { PublicFrame } from './frame.tsx';

/** One line a page, loaded when opened: `{ path: 'need', lazy: async () => ({ Component: (await import('./pages/need/page.tsx')).default }) }`. */
export function createRouter() {
  return createBrowserRouter([
    {
      path: '/p',
      element: <PublicFrame />,
      children: [
        { index: true, Component: HomePage },
        { path: '*', Component: NotFound },
      ],
    },
  ]);
}
