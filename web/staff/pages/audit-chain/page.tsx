import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { wholeNumber } from '../../../shared/format/money.ts';
import { longDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { useQuery } from '@tanstack/react-query';
import { Facts } from '../../blocks/facts.tsx';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { holds, useMe } from '../../me.ts';
import { texts } from './texts.ts';

interface Anchor {
  readonly day: string;
  readonly block: number;
  readonly rows: number;
  readonly hash: string;
  readonly signature: string;
  readonly key: string;
}

export default function AuditChainPage() {
  const t = useTexts(texts);
  const language = useLanguage();
  const me = useMe();
  const tenant = me.tenant.id;
  const first = useQuery({ queryKey: ['anchors', tenant, 'newest'], queryFn: () => readAnchors(tenant) });
  const newest = first.data?.anchors[0];
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      primary={
        holds(me, 'audit.verify') && (
          <a href="/api/v1/audit-record" download>
            {t('export')}
          </a>
        )
      }
      actions={<Link to="/audit">{t('back')}</Link>}
    >
      <Section title={t('state')}>
        {first.isError && <Refusal error={first.error} retry={() => void first.refetch()} />}
        {newest && (
          <Facts
            facts={[
              [t('rows'), wholeNumber(newest.rows)],
              [t('block'), wholeNumber(newest.block)],
              [t('day'), longDay(newest.day, language)],
              [t('hash'), <code key="hash">{newest.hash}</code>],
              [t('keys'), first.data?.keys.map(({ id, suite, key }) => <div key={id}>{t('key', { id, suite, key })}</div>)],
            ]}
          />
        )}
        {first.data && !newest && <p>{t('none')}</p>}
        <p>{t('how')}</p>
        <p>
          <code>npm run audit:verify -- record.ndjson</code>
        </p>
      </Section>
      <DataList<Anchor>
        name="anchors"
        label={t('anchors')}
        queryKey={['anchors', tenant]}
        fetchPage={async (_, cursor) => {
          const { anchors } = await readAnchors(tenant, cursor);
          const last = anchors.at(-1);
          return { items: anchors, next: anchors.length < MOST || last === undefined ? null : last.day };
        }}
        idOf={({ day }) => day}
        columns={[
          { key: 'day', title: t('day'), isHeading: true, render: ({ day }) => longDay(day, language) },
          { key: 'block', title: t('block'), align: 'end', render: ({ block }) => wholeNumber(block) },
          { key: 'rows', title: t('rows'), align: 'end', render: ({ rows }) => wholeNumber(rows) },
          { key: 'hash', title: t('hash'), render: ({ hash }) => <code>{hash}</code> },
          { key: 'signature', title: t('signature'), render: ({ signature, key }) => <code title={signature}>{t('signed', { signature: signature.slice(0, 16), key })}</code> },
        ]}
        empty={{ title: t('none'), why: t('noneWhy') }}
      />
    </Page>
  );
}

/** Of one answer of the API. */
const MOST = 400;

interface Anchors {
  readonly keys: readonly { readonly id: string; readonly suite: string; readonly key: string }[];
  readonly anchors: readonly Anchor[];
}

async function readAnchors(tenant: string, before = ''): Promise<Anchors> {
  const { keys, anchors } = await read(api.GET('/api/v1/public/anchors', { params: { query: { tenant, ...(before && { before }) } } }));
  return {
    keys,
    anchors: anchors.map(({ statement, signature, key }) => {
      const { day, block, rows, hash } = JSON.parse(statement) as Pick<Anchor, 'day' | 'block' | 'rows' | 'hash'>;
      return { day, block, rows, hash, signature, key };
    }),
  };
}
