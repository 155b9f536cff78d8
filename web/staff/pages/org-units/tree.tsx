import { Link } from 'react-router';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Empty } from '../../blocks/empty.tsx';
import { Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { PARTNERS, useUnitKindName } from '../../blocks/unit-kinds.ts';
import { useEveryUnit, type Unit } from '../../blocks/units.ts';
import { texts } from './texts.ts';

const byCode = (a: Unit, b: Unit): number => a.code.localeCompare(b.code);

/** Offices with their communities, then the partner bodies by kind. What has left stays, marked. */
export function Tree() {
  const t = useTexts(texts);
  const kindName = useUnitKindName();
  const units = useEveryUnit();
  if (units.isPending) return <RowsSkeleton rows={8} />;
  if (units.isError) return <Refusal error={units.error} retry={() => void units.refetch()} />;
  const all = [...units.data.values()].sort(byCode);
  if (all.length === 0) return <Empty title={t('empty')} why={t('emptyWhy')} />;
  const offices = all.filter(({ kind }) => kind === 'subdistrictOffice');
  const within = (office: Unit): Unit[] => all.filter(({ kind, orgPath }) => kind === 'community' && orgPath.startsWith(office.orgPath));
  return (
    <>
      <Section title={t('offices')}>
        <ul>
          {offices.map((office) => (
            <li key={office.id}>
              <Name unit={office} />
              <ul>
                {within(office).map((community) => (
                  <li key={community.id}>
                    <Name unit={community} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </Section>
      {PARTNERS.map((kind) => {
        const partners = all.filter((unit) => unit.kind === kind);
        return (
          partners.length > 0 && (
            <Section key={kind} title={t('ofKind', { kind: kindName(kind), count: partners.length })}>
              <ul>
                {partners.map((unit) => (
                  <li key={unit.id}>
                    <Name unit={unit} />
                  </li>
                ))}
              </ul>
            </Section>
          )
        );
      })}
    </>
  );
}

function Name({ unit: { id, name, code, leftOn } }: { readonly unit: Unit }) {
  const t = useTexts(texts);
  return (
    <>
      <Link to={`/admin/units/${id}`}>{name}</Link> <small>{leftOn === null ? code : t('leftOn', { code, day: leftOn })}</small>
    </>
  );
}
