import { useState } from 'react';
import { Drawer } from 'antd';
import { api, read } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { CommandDrawer, type DrawerField } from '../../blocks/command-drawer.tsx';
import { Segments } from '../../blocks/segments.tsx';
import { PARTNERS, UNIT_KINDS, useUnitKindName, type UnitKind } from '../../blocks/unit-kinds.ts';
import { useUnits } from '../../blocks/units.ts';
import { LEVELS, texts, type Level } from './texts.ts';

interface Props {
  readonly close: () => void;
  readonly done: (id: string) => void;
}

export function NewUnit({ close, done }: Props) {
  const t = useTexts(texts);
  const kindName = useUnitKindName();
  const units = useUnits();
  const [kind, setKind] = useState<UnitKind>();
  const codesOf = (wanted: UnitKind) =>
    [...(units.data?.values() ?? [])].filter((unit) => unit.kind === wanted && unit.leftOn === null).map(({ code, name }) => ({ value: code, label: name }));
  if (kind === undefined) {
    return (
      <Drawer open title={t('add')} onClose={close}>
        <p>{t('which')}</p>
        <Segments label={t('which')} value={kind} options={UNIT_KINDS.map((value) => ({ value, label: kindName(value) }))} change={setKind} />
      </Drawer>
    );
  }
  const isPartner = PARTNERS.includes(kind);
  const fields: DrawerField[] = [
    { name: 'name', label: t('name'), kind: 'text', max: 100 },
    { name: 'code', label: t('code'), hint: t('codeHint'), kind: 'text', max: 40 },
    ...(kind === 'community' ? [{ name: 'parent', label: t('parent'), kind: 'choice', options: codesOf('subdistrictOffice') } as const] : []),
    ...(isPartner
      ? ([
          { name: 'communities', label: t('communities'), kind: 'choices', isOptional: true, options: codesOf('community') },
          { name: 'joinedOn', label: t('joinedOn'), hint: t('fromToday'), kind: 'day', isOptional: true },
          { name: 'level', label: t('level'), kind: 'choice', isOptional: true, options: LEVELS.map((value) => ({ value, label: t(`level.${value}`) })) },
        ] as const)
      : []),
    { name: 'contactPost', label: t('contact'), hint: t('contactHint'), kind: 'text', max: 200, isOptional: true },
    { name: 'note', label: t('note'), kind: 'text', max: 200, isOptional: true },
  ];
  return (
    <CommandDrawer
      title={`${t('add')} · ${kindName(kind)}`}
      action={t('addDone')}
      fields={fields}
      send={({ text, list }, header) => {
        const [parent, level, contactPost, note, joinedOn] = ['parent', 'level', 'contactPost', 'note', 'joinedOn'].map(text);
        return read(
          api.POST('/api/v1/org-units', {
            params: { header },
            body: {
              kind,
              name: text('name') ?? '',
              code: text('code') ?? '',
              ...(parent && { parent }),
              ...(list('communities').length > 0 && { communities: [...list('communities')] }),
              ...(joinedOn && { joinedOn }),
              ...(level && { level: level as Level }),
              ...(contactPost && { contactPost }),
              ...(note && { note }),
            },
          }),
        );
      }}
      done={({ id }) => done(id)}
      close={close}
    />
  );
}
