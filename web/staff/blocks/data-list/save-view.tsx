import { useState } from 'react';
import { Input, Modal } from 'antd';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Refusal } from '../problem.tsx';
import { announceDone } from '../undo.tsx';
import type { Wanted } from './columns.ts';
import { texts } from './texts.ts';

interface Props {
  /** The list whose filters are kept. */
  readonly list: string;
  readonly wanted: Wanted;
  readonly open: boolean;
  readonly close: () => void;
}

export default function SaveView({ list, wanted, open, close }: Props) {
  const t = useTexts(texts);
  const [title, setTitle] = useState('');
  const save = useCommand(
    (body: { name: string; query: Wanted }, header) => read(api.PUT('/api/v1/me/views/{list}', { params: { path: { list }, header }, body })),
    ({ name }) => {
      setTitle('');
      close();
      announceDone(`✓ ${t('viewSaved', { name })}`);
    },
  );
  const submit = (): void => {
    if (title.trim() !== '') void save.run({ name: title.trim(), query: wanted });
  };
  return (
    <Modal title={t('saveView')} open={open} okText={t('save')} confirmLoading={save.isRunning} onOk={submit} onCancel={close} destroyOnHidden>
      {save.problem && <Refusal error={save.problem} />}
      <label>
        {t('viewName')}
        <Input value={title} maxLength={40} onChange={({ target }) => setTitle(target.value)} onPressEnter={submit} />
      </label>
    </Modal>
  );
}
