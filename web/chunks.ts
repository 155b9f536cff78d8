import { resolve } from 'node:path';
import type { Rolldown } from 'vite';

const HERE = import.meta.dirname;

interface Step {
  readonly name: string;
  /** Modules from which everything is taken that they import at once and no earlier step has. */
  readonly of: readonly string[];
  /** Only what these need too. */
  readonly and?: readonly string[];
}

/**
 * Which files the page comes in, in this order: few, since on a phone each costs a journey and an intranet without TLS has six
 * of them at a time. What is not named here is left to the bundler: one file a page, and what is loaded when first used.
 */
const STEPS: readonly Step[] = [
  { name: 'first', of: ['staff/main.ts'], and: ['public/main.tsx'] },
  { name: 'pages', of: ['staff/main.ts'] },
  { name: 'core', of: ['staff/start.tsx'], and: ['public/main.tsx'] },
  { name: 'office', of: ['staff/start.tsx', 'staff/pages/today/page.tsx'] },
  { name: 'lists', of: ['staff/blocks/data-list/data-list.tsx'] },
  { name: 'choices', of: ['../node_modules/antd/es/radio/index.js'] },
  { name: 'forms', of: ['staff/blocks/command-drawer.tsx', 'staff/blocks/data-list/save-view.tsx'] },
];
/** Of all others, what so many pages share: apart where a library comes with it. */
const SHARED_BY = 3;
const LIBRARIES = /node_modules/;
/** Chunks that every page of the office has. */
const ALWAYS: readonly (string | null)[] = ['first', 'core', 'office'];
/** An entry stays by itself, a page's own code with its page. */
const OWN = /[\\/]web[\\/](public[\\/]|staff[\\/](pages[\\/]|main\.ts$))/;

export function chunks(): Rolldown.CodeSplittingGroup[] {
  let chunkOf: ReadonlyMap<string, string> | undefined;
  const nameOf = (id: string, context: Rolldown.ChunkingContext): string | null => (chunkOf ??= assign(context)).get(id) ?? null;
  const bringsLibraries = (id: string, context: Rolldown.ChunkingContext): boolean =>
    [...reach(context, [id])].some((needed) => LIBRARIES.test(needed) && !ALWAYS.includes(nameOf(needed, context)));
  return [
    { name: nameOf, priority: 2, debugName: 'steps', includeDependenciesRecursively: false },
    {
      name: (id, context) => (bringsLibraries(id, context) ? 'fields' : 'blocks'),
      test: (id) => !OWN.test(id) && !id.includes('echarts'),
      minShareCount: SHARED_BY,
      priority: 1,
      debugName: 'shared',
      includeDependenciesRecursively: false,
    },
  ];
}

function assign(context: Rolldown.ChunkingContext): Map<string, string> {
  const chunkOf = new Map<string, string>();
  for (const { name, of, and } of STEPS) {
    const also = and && reach(context, and);
    for (const id of reach(context, of)) {
      if (!chunkOf.has(id) && !OWN.test(id) && also?.has(id) !== false) chunkOf.set(id, name);
    }
  }
  return chunkOf;
}

function reach(context: Rolldown.ChunkingContext, files: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const visit = (id: string): void => {
    if (reached.has(id)) return;
    reached.add(id);
    context.getModuleInfo(id)?.importedIds.forEach(visit);
  };
  for (const file of files) visit(resolve(HERE, file));
  return reached;
}
