import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../shared/api/client.ts';
import { holds, useMe } from '../me.ts';

const PAGE = 100;

interface Person {
  readonly id: string;
  readonly name: string;
}

/** The people whom the reader may see, by id; for those who may see none nobody is known by name. */
export function usePeople() {
  const me = useMe();
  const isKnown = holds(me, 'people.read') || holds(me, 'accounts.read');
  const found = useQuery({ queryKey: ['people', 'names'], queryFn: allPeople, staleTime: 60_000, enabled: isKnown });
  const all = found.data ?? [];
  return {
    isKnown,
    nameOf: (id: string): string => (id === me.person.id ? me.person.name : (all.find((person) => person.id === id)?.name ?? '…')),
    choices: all.map(({ id, name }) => ({ value: id, label: name })),
  };
}

async function allPeople(): Promise<readonly Person[]> {
  const people: Person[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { items: (Person & { erased: boolean })[]; next: string | null } = await read(
      api.GET('/api/v1/people', { params: { query: { limit: PAGE, ...(cursor && { cursor }) } } }),
    );
    people.push(...page.items.filter(({ erased }) => !erased));
    cursor = page.next;
  }
  return people;
}
