import { useState } from 'react';
import { Button, Form, Input } from 'antd';
import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Page, Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { texts } from './texts.ts';

interface Wanted {
  /** Which file, so that another one is another intention. */
  readonly file: string;
  readonly joinedOn: string;
  readonly takesValid: boolean;
}

export default function UnitImportPage() {
  const t = useTexts(texts);
  const [file, setFile] = useState<File>();
  const [joinedOn, setJoinedOn] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [done, setDone] = useState<Done>();
  const send = useCommand(
    (wanted: Wanted, header) =>
      read(
        api.POST('/api/v1/imports/units', {
          params: { header },
          body: { file: '' },
          bodySerializer: () => {
            const form = new FormData();
            if (wanted.joinedOn !== '') form.append('joinedOn', wanted.joinedOn);
            form.append('takeValid', String(wanted.takesValid));
            if (file) form.append('file', file);
            return form;
          },
        }),
      ),
    setDone,
  );
  const run = (takesValid: boolean): void => {
    setMissing(!file);
    setDone(undefined);
    if (file) void send.run({ file: `${file.name} ${file.size} ${file.lastModified}`, joinedOn, takesValid });
  };
  return (
    <Page title={t('title')} lead={t('lead')} actions={<Link to="/admin/units">{t('back')}</Link>}>
      <Section title={t('file')}>
        <Form layout="vertical" onFinish={() => run(false)}>
          {send.problem && <Refusal error={send.problem} />}
          <Form.Item label={t('table')} htmlFor="table" extra={t('columns')} {...(isMissing && { validateStatus: 'error' as const, help: t('missing') })}>
            <input id="table" type="file" accept=".xlsx,.csv" onChange={({ target }) => setFile(target.files?.[0])} />
          </Form.Item>
          <Form.Item label={t('joinedOn')} htmlFor="joined" extra={t('joinedHint')}>
            <Input id="joined" type="date" value={joinedOn} onChange={({ target }) => setJoinedOn(target.value)} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={send.isRunning}>
            {t('import')}
          </Button>{' '}
          {send.problem?.code === 'UNITS_REJECTED' && (
            <Button loading={send.isRunning} onClick={() => run(true)}>
              {t('takeValid')}
            </Button>
          )}
        </Form>
      </Section>
      {done && <Outcome done={done} />}
    </Page>
  );
}

interface Done {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly memberships: number;
  readonly rejected: readonly { readonly at: string; readonly code: string }[];
  readonly unknownHeadings: readonly string[];
}

function Outcome({ done }: { readonly done: Done }) {
  const t = useTexts(texts);
  const { rows, created, updated, unchanged, memberships } = done;
  return (
    <Section title={t('done')}>
      <p role="status">{t('counts', { rows, created, updated, unchanged, memberships })}</p>
      {done.unknownHeadings.length > 0 && <p>{t('unknown', { headings: done.unknownHeadings.join('、') })}</p>}
      {done.rejected.length > 0 && (
        <>
          <p>{t('rejected')}</p>
          <ul>
            {done.rejected.map(({ at, code }) => (
              <li key={`${at} ${code}`}>
                {at} <code>{code}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      <Link to="/admin/units?view=list">{t('see')}</Link>
    </Section>
  );
}
