import { createBrowserRouter, type RouteObject } from 'react-router';
import { pages, type Page } from './page-list.ts';
import { Failed } from './pages/problems/failed.tsx';
import { NotFound } from './pages/problems/not-found.tsx';
import { Home } from './shell/home.tsx';
import { Shell } from './shell/shell.tsx';
import { PageSkeleton } from './blocks/skeletons.tsx';

function routeOf(page: Page): RouteObject {
  return { path: page.path, handle: page, lazy: async () => ({ Component: (await page.load()).default }) };
}

export function createRouter() {
  return createBrowserRouter([
    {
      path: '/sign-in',
      errorElement: <Failed />,
      hydrateFallbackElement: <PageSkeleton />,
      lazy: async () => ({ Component: (await import('./pages/sign-in/page.tsx')).default }),
    },
    {
      path: '/',
      element: <Shell />,
      errorElement: <Failed />,
      hydrateFallbackElement: <PageSkeleton />,
      children: [
        {
          errorElement: <Failed />,
          children: [{ index: true, element: <Home /> }, ...pages.map(routeOf), { path: '*', element: <NotFound /> }],
        },
      ],
    },
  ]);
}
