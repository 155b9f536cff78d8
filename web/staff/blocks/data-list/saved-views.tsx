import { useState } from 'react';
import { Button, Dropdown, Input, Modal } from 'antd';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { Filter, Wanted } from './columns.ts';
import { texts } from './texts.ts';

interface View {
  readonly name: string;
  readonly wanted: Wanted;
}

interface Props {
  readonly name: string;
  readonly filters: readonly Filter[];
  readonly wanted: Wanted;
  readonly want: (change: Readonly<Record<string, string | undefined>>) => void;
}

const keyOf = (name: string): string => `cobuild.views.${name}`;

function kept(name: string): readonly View[] {
  return JSON.parse(localStorage.getItem(keyOf(name)) ?? '[]') as View[];
}

/** Filters under a name, for this device. */
export function SavedViews({ name, filters, wanted, want }: Props) {
  const t = useTexts(texts);
  const [views, setViews] = useState(() => kept(name));
  const [asking, setAsking] = useState(false);
  const [title, setTitle] = useState('');
  const keep = (next: readonly View[]): void => {
    localStorage.setItem(keyOf(name), JSON.stringify(next));
    setViews(next);
  };
  const show = (view: View): void => want(Object.fromEntries([...filters.map(({ key }) => key), 'sort'].map((key) => [key, view.wanted[key]])));
  const save = (): void => {
    const wish = title.trim();
    if (wish === '') return;
    keep([...views.filter((view) => view.name !== wish), { name: wish, wanted }]);
    setAsking(false);
    setTitle('');
  };
  const items = [
    ...views.map((view) => ({ key: `show:${view.name}`, label: view.name, onClick: () => show(view) })),
    ...(views.length > 0 ? [{ type: 'divider' as const }] : []),
    { key: 'save', label: t('saveView'), onClick: () => setAsking(true) },
    ...views.map((view) => ({
      key: `remove:${view.name}`,
      label: t('removeView', { name: view.name }),
      onClick: () => keep(views.filter((it) => it !== view)),
    })),
  ];
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button>{t('views')} ▾</Button>
      </Dropdown>
      <Modal title={t('saveView')} open={asking} okText={t('save')} onOk={save} onCancel={() => setAsking(false)} destroyOnHidden>
        <label>
          {t('viewName')}
          <Input value={title} maxLength={40} onChange={({ target }) => setTitle(target.value)} onPressEnter={save} />
        </label>
      </Modal>
    </>
  );
}
