import { useState } from 'react';
import { Input } from 'antd';
import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Refusal } from '../../blocks/problem.tsx';
import styles from './page.module.css';
import { texts } from './texts.ts';

const PHONE = /^\+?[0-9][0-9 -]{4,18}[0-9]$/;

/** By the whole name or phone: both are stored sealed and found by a keyed digest. Never in the address, which proxies log. */
export function FindPerson() {
  const t = useTexts(texts);
  const [asked, setAsked] = useState('');
  const find = useCommand((text: string) => read(api.POST('/api/v1/people/find', { body: PHONE.test(text) ? { phone: text } : { name: text } })));
  const [found, setFound] = useState<readonly { id: string; name: string; phone: string | null }[]>();
  const search = async (text: string): Promise<void> => {
    setAsked(text);
    setFound(undefined);
    if (text === '') return;
    const answer = await find.run(text);
    if (answer) setFound(answer.items);
  };
  return (
    <div className={`${styles['find']} no-print`}>
      <Input.Search
        className={styles['field'] ?? ''}
        aria-label={t('find')}
        placeholder={t('find')}
        allowClear
        loading={find.isRunning}
        onSearch={(text) => void search(text.trim())}
      />
      <div role="status">
        {found?.length === 0 && t('findNone', { asked })}
        {found && found.length > 0 && (
          <ul>
            {found.map(({ id, name, phone }) => (
              <li key={id}>
                <Link to={`/admin/accounts/${id}`}>{name}</Link> {phone}
              </li>
            ))}
          </ul>
        )}
      </div>
      {find.problem && <Refusal error={find.problem} />}
    </div>
  );
}
