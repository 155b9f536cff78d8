import { useState } from 'react';
import { Button, Dropdown, Input, Modal } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Refusal } from '../problem.tsx';
import { announceDone } from '../undo.tsx';
import type { Filter, Wanted } from './columns.ts';
import { texts } from './texts.ts';

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
  const [isOpen, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const [title, setTitle] = useState('');
  const views = useQuery({
    queryKey: ['saved-views', list],
    queryFn: () => read(api.GET('/api/v1/me/views/{list}', { params: { path: { list } } })),
    enabled: isOpen,
  });
  const save = useCommand(
    (body: { name: string; query: Wanted }, header) => read(api.PUT('/api/v1/me/views/{list}', { params: { path: { list }, header }, body })),
    ({ name }) => {
      setAsking(false);
      setTitle('');
      announceDone(`✓ ${t('viewSaved', { name })}`);
    },
  );
  const putBack = useCommand((body: { name: string; query: Wanted }, header) =>
    read(api.PUT('/api/v1/me/views/{list}', { params: { path: { list }, header }, body })),
  );
  const remove = useCommand(
    ({ id }: View, header) => read(api.DELETE('/api/v1/me/views/{list}/{id}', { params: { path: { list, id }, header } })),
    (_, { name, query }) => announceDone(`✓ ${t('viewRemoved', { name })}`, () => void putBack.run({ name, query })),
  );
  const show = (view: View): void => want(Object.fromEntries([...filters.map(({ key }) => key), 'sort'].map((key) => [key, view.query[key]])));
  const submit = (): void => {
    if (title.trim() !== '') void save.run({ name: title.trim(), query: wanted });
  };
  const kept = views.data?.items ?? [];
  const items = [
    ...kept.map((view) => ({ key: `show:${view.id}`, label: view.name, onClick: () => show(view) })),
    ...(views.isPending ? [{ key: 'wait', label: t('viewsComing'), disabled: true }] : []),
    { type: 'divider' as const },
    { key: 'save', label: t('saveView'), onClick: () => setAsking(true) },
    ...kept.map((view) => ({ key: `remove:${view.id}`, label: t('removeView', { name: view.name }), onClick: () => void remove.run(view) })),
  ];
  const problem = remove.problem ?? putBack.problem;
  return (
    <>
      <Dropdown trigger={['click']} open={isOpen} onOpenChange={setOpen} menu={{ items, onClick: () => setOpen(false) }}>
        <Button>{t('views')} ▾</Button>
      </Dropdown>
      {(views.isError || problem) && <Refusal error={views.error ?? problem} />}
      <Modal title={t('saveView')} open={asking} okText={t('save')} confirmLoading={save.isRunning} onOk={submit} onCancel={() => setAsking(false)} destroyOnHidden>
        {save.problem && <Refusal error={save.problem} />}
        <label>
          {t('viewName')}
          <Input value={title} maxLength={40} onChange={({ target }) => setTitle(target.value)} onPressEnter={submit} />
        </label>
      </Modal>
    </>
  );
}
