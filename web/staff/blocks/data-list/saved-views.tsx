import { Suspense, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Disclosure } from '../disclosure.tsx';
import { later } from '../later.ts';
import { Refusal } from '../problem.tsx';
import { announceDone } from '../undo.tsx';
import type { Filter, Wanted } from './columns.ts';
import { texts } from './texts.ts';

const SaveView = later(() => import('./save-view.tsx'));

interface View {
  readonly id: string;
  readonly name: string;
  readonly query: Wanted;
}

interface Props {
  readonly name: string;
  readonly filters: readonly Filter[];
  readonly wanted: Wanted;
  readonly want: (change: Readonly<Record<string, string | undefined>>) => void;
}

/** Filters under a name, which follow their owner to every device. Read when the menu opens. */
export function SavedViews({ name: list, filters, wanted, want }: Props) {
  const t = useTexts(texts);
  const [isWanted, setWanted] = useState(false);
  const [asking, setAsking] = useState<boolean>();
  const views = useQuery({
    queryKey: ['saved-views', list],
    queryFn: () => read(api.GET('/api/v1/me/views/{list}', { params: { path: { list } } })),
    enabled: isWanted,
  });
  const putBack = useCommand((body: { name: string; query: Wanted }, header) =>
    read(api.PUT('/api/v1/me/views/{list}', { params: { path: { list }, header }, body })),
  );
  const remove = useCommand(
    ({ id }: View, header) => read(api.DELETE('/api/v1/me/views/{list}/{id}', { params: { path: { list, id }, header } })),
    (_, { name, query }) => announceDone(`✓ ${t('viewRemoved', { name })}`, () => void putBack.run({ name, query })),
  );
  const show = (view: View): void => want(Object.fromEntries([...filters.map(({ key }) => key), 'sort'].map((key) => [key, view.query[key]])));
  const kept = views.data?.items ?? [];
  const problem = remove.problem ?? putBack.problem;
  return (
    <>
      <Disclosure label={t('views')} side="end" onOpen={() => setWanted(true)}>
        {(close) => {
          const closing = (act: () => void) => () => {
            close();
            act();
          };
          return (
            <ul>
              {kept.map((view) => (
                <li key={`show:${view.id}`}>
                  <button type="button" onClick={closing(() => show(view))}>
                    {view.name}
                  </button>
                </li>
              ))}
              {views.isPending && <li role="status">{t('viewsComing')}</li>}
              <li>
                <button type="button" onClick={closing(() => setAsking(true))}>
                  {t('saveView')}
                </button>
              </li>
              {kept.map((view) => (
                <li key={`remove:${view.id}`}>
                  <button type="button" onClick={closing(() => void remove.run(view))}>
                    {t('removeView', { name: view.name })}
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </Disclosure>
      {(views.isError || problem) && <Refusal error={views.error ?? problem} />}
      <Suspense>{asking !== undefined && <SaveView list={list} wanted={wanted} open={asking} close={() => setAsking(false)} />}</Suspense>
    </>
  );
}
