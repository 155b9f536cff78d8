import { createBrowserRouter } from 'react-router';
import HomePage from './pages/home/page.tsx';
import { NotFound } from './pages/home/not-found.tsx';
import { PublicFrame } from './frame.tsx';

/** One line a page, loaded when opened. */
export function createRouter() {
  return createBrowserRouter([
    {
      path: '/p',
      element: <PublicFrame />,
      children: [
        { index: true, Component: HomePage },
        { path: 'need', lazy: async () => ({ Component: (await import('./pages/need/page.tsx')).default }) },
        { path: 'follow/:code?', lazy: async () => ({ Component: (await import('./pages/follow/page.tsx')).default }) },
        { path: 'survey/:code', lazy: async () => ({ Component: (await import('./pages/survey/page.tsx')).default }) },
        { path: 'projects', lazy: async () => ({ Component: (await import('./pages/projects/page.tsx')).default }) },
        { path: 'projects/:id', lazy: async () => ({ Component: (await import('./pages/projects/one.tsx')).default }) },
        { path: 'rate/:code?', lazy: async () => ({ Component: (await import('./pages/rate/page.tsx')).default }) },
        { path: 'results', lazy: async () => ({ Component: (await import('./pages/results/page.tsx')).default }) },
        { path: 'results/:quarter', lazy: async () => ({ Component: (await import('./pages/results/one.tsx')).default }) },
        { path: 'verify/:code?', lazy: async () => ({ Component: (await import('./pages/verify/page.tsx')).default }) },
        { path: 'notices', lazy: async () => ({ Component: (await import('./pages/notices/page.tsx')).default }) },
        { path: 'notices/:id/object', lazy: async () => ({ Component: (await import('./pages/objection/page.tsx')).default }) },
        { path: 'objection/:code?', lazy: async () => ({ Component: (await import('./pages/objection/followed.tsx')).default }) },
        { path: '*', Component: NotFound },
      ],
    },
  ]);
}
