import { useState } from 'react';
import { Select } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { CheckPage } from '../../blocks/check-page.tsx';
import { useCommunities } from '../../blocks/communities.ts';
import { announceDone } from '../../blocks/undo.tsx';
import { useToday } from '../../blocks/workdays.ts';
import type { Kind } from './kinds.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';

const MONTHS = 3;

/** Of a day `2026-10-20`: `2026Q4`, and the quarter after. */
function quartersFrom(day: string): readonly [string, string] {
  const year = Number(day.slice(0, 4));
  const number = Math.ceil(Number(day.slice(5, 7)) / MONTHS);
  return [`${year}Q${number}`, number === 4 ? `${year + 1}Q1` : `${year}Q${number + 1}`];
}

/** For good: a quarter's lists are frozen once. */
export default function FreezeCheck({ kind }: { readonly kind: Kind }) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const communities = useCommunities('needs.publish');
  const quarters = quartersFrom(useToday());
  const [communityId, setCommunityId] = useState(search.get('communityId') ?? '');
  const [quarter, setQuarter] = useState<string>(quarters[0]);
  const freeze = useCommand(
    (body: { communityId: string; quarter: string }, key) => read(api.POST('/api/v1/list-snapshots', { params: { header: key }, body })),
    () => {
      announceDone(`✓ ${t('frozen', { quarter, list: t('title') })}`);
      void navigate(`/lists/${kind}?${new URLSearchParams({ communityId, at: quarter }).toString()}`, { replace: true });
    },
  );
  return (
    <CheckPage
      title={t('freezeTitle')}
      changes={[
        {
          label: t('field.community'),
          value: (
            <Select
              className={styles['choice'] ?? ''}
              aria-label={t('field.community')}
              placeholder={t('choose')}
              {...(communityId !== '' && { value: communityId })}
              options={[...communities]}
              onChange={setCommunityId}
            />
          ),
        },
        {
          label: t('quarter'),
          value: (
            <Select
              className={styles['choice'] ?? ''}
              aria-label={t('quarter')}
              value={quarter}
              options={quarters.map((value) => ({ value, label: value }))}
              onChange={setQuarter}
            />
          ),
        },
        { label: t('lists'), value: t('freezeLists') },
        { label: t('later'), value: t('laterWhat') },
      ]}
      told={[t('toldReaders')]}
      action={t('freeze')}
      command={freeze}
      input={{ communityId, quarter }}
      back={`/lists/${kind}?${new URLSearchParams({ ...(communityId && { communityId }) }).toString()}`}
    />
  );
}
