import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { longDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Choice } from '../../blocks/choice.tsx';
import { Door, Doors } from '../../blocks/door.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { usePolicyWords } from '../../blocks/policy-words.ts';
import { ProblemPage, Refusal } from '../../blocks/problem.tsx';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { SmallTable } from '../../blocks/small-table.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { holds, useMe } from '../../me.ts';
import { NewVersion } from './new-version.tsx';
import { readPack, type Kind, type Pack, type Parameter } from './pack.ts';
import { texts } from './texts.ts';

export default function PolicyVersionPage() {
  const { kind = '', version = '' } = useParams();
  const found = useQuery({ queryKey: ['policy-pack', kind, version], queryFn: () => readPack(kind as Kind, Number(version)) });
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <ProblemPage error={found.error} retry={() => void found.refetch()} />;
  return <Shown pack={found.data} />;
}

function Shown({ pack }: { readonly pack: Pack }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const words = usePolicyWords();
  const navigate = useNavigate();
  const me = useMe();
  const [mayEdit, mayRead] = [holds(me, 'policy.edit'), holds(me, 'projects.read')];
  const [isWriting, setWriting] = useState(false);
  const { kind, version } = pack;
  const all = useQuery({ queryKey: ['policy-packs'], queryFn: () => read(api.GET('/api/v1/policy-packs')) });
  const versions = (all.data?.items ?? []).filter((it) => it.kind === kind);
  const newest = versions[0]?.version;
  const held = versions.find((it) => it.version === version);
  const before = useQuery({
    queryKey: ['policy-pack', kind, String(version - 1)],
    queryFn: () => readPack(kind, version - 1),
    enabled: version > 1,
  });
  if (isWriting) return <NewVersion pack={pack} close={() => setWriting(false)} />;
  return (
    <Page
      title={t('title', { kind: words.kind(kind), version })}
      lead={
        <>
          {t('from', { day: longDay(pack.effectiveFrom, language) })} {held?.inForce && <StatusTag standing="done">{t('inForce')}</StatusTag>}
          {held && <div>{t('because', { reason: held.reason })}</div>}
        </>
      }
      primary={
        mayEdit &&
        newest !== undefined &&
        (newest === version ? (
          <Button type="primary" onClick={() => setWriting(true)}>
            {t('write')}
          </Button>
        ) : (
          <Link to={`/policy/${kind}/${newest}`}>{t('toNewest', { version: newest })}</Link>
        ))
      }
      actions={
        versions.length > 1 && (
          <Choice
            label={t('versions')}
            value={String(version)}
            options={versions.map((it) => ({ value: String(it.version), label: t('versionFrom', { version: it.version, day: it.effectiveFrom }) }))}
            change={(chosen) => void navigate(`/policy/${kind}/${chosen}`)}
          />
        )
      }
    >
      {before.isError && <Refusal error={before.error} retry={() => void before.refetch()} />}
      <Section title={t('parameters')}>
        <p>{t('grades')}</p>
        <Parameters parameters={pack.parameters} before={before.data} />
      </Section>
      {mayRead && <InUse kind={kind} version={version} />}
      <p>{t('pinned')}</p>
      <p>
        {t('hash')} <code>{pack.hash}</code>
      </p>
    </Page>
  );
}

/** Not told where the cases are nobody's to read: administrators see rules, not business. */
function InUse({ kind, version }: Pick<Pack, 'kind' | 'version'>) {
  const t = useTexts(texts);
  const found = useQuery({
    queryKey: ['pinned-cases', 'count', kind, version],
    queryFn: () => read(api.GET('/api/v1/pinned-cases/count', { params: { query: { policy: kind, version } } })),
  });
  if (found.isError) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  return (
    <Doors label={t('inUse')}>
      <Door label={t('inUse')} value={found.data?.count ?? '…'} to={`/policy/${kind}/${version}/cases`} />
    </Doors>
  );
}

function Parameters({ parameters, before }: { readonly parameters: readonly Parameter[]; readonly before: Pack | undefined }) {
  const t = useTexts(texts);
  const words = usePolicyWords();
  const language = useLanguage();
  const changeOf = ({ name, value, unit }: Parameter): string | undefined => {
    const was = before?.parameters.find((it) => it.name === name);
    if (!before) return undefined;
    if (!was) return t('added');
    const [from, to] = [words.value(was.value, unit), words.value(value, unit)];
    return from === to ? undefined : t('change', { from, to });
  };
  return (
    <SmallTable<Parameter>
      label={t('parameters')}
      rows={parameters}
      idOf={({ name }) => name}
      columns={[
        { key: 'parameter', title: t('parameter'), render: ({ label }) => <strong>{language === 'en' ? label.en : label.zh}</strong> },
        { key: 'value', title: t('value'), render: ({ value, unit }) => words.value(value, unit) },
        { key: 'unit', title: t('unit'), render: ({ unit }) => words.unit(unit) },
        { key: 'grade', title: t('grade'), render: ({ grade }) => words.grade(grade) },
        { key: 'source', title: t('source'), render: ({ source }) => source },
        ...(before
          ? [{ key: 'change', title: t('changed'), render: (it: Parameter) => { const change = changeOf(it); return change === undefined ? t('same') : <StatusTag standing="soon">{change}</StatusTag>; } }]
          : []),
      ]}
    />
  );
}
