/** What a page begins with, for what its address names: `:id` in a question stands for what the address has in its place. */
export function questionsFor({ path, begins = [] }: { readonly path: string; readonly begins?: readonly string[] }, pathname: string): string[] {
  const given = pathname.split('/');
  const told = path.split('/').flatMap((part, index) => (part.startsWith(':') ? [[part, given[index] ?? ''] as const] : []));
  return begins.map((question) => told.reduce((filled, [part, value]) => filled.replace(part, value), question));
}
