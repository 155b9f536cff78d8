import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import type { components } from '../../../shared/api/schema.d.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import { CodeForm } from '../../blocks/code-form.tsx';
import { Field } from '../../blocks/field.tsx';
import { Reading } from '../../blocks/reading.tsx';
import { useTitle } from '../../blocks/use-title.ts';
import { texts } from './texts.ts';

type Verified = components['schemas']['VerifiedDocument'];

export default function VerifyPage() {
  const t = useTexts(texts);
  useTitle(t('title'));
  const { code } = useParams();
  return (
    <>
      <h1>{t('title')}</h1>
      {code === undefined ? (
        <>
          <p>{t('lead')}</p>
          <CodeForm label={t('code')} missing={t('codeMissing')} action={t('check')} to="/p/verify" />
        </>
      ) : (
        <Checked code={code} />
      )}
    </>
  );
}

function Checked({ code }: { readonly code: string }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const verified = useQuery({
    queryKey: ['verify', code, language],
    queryFn: () => read(api.GET('/api/v1/public/verify/{code}', { params: { path: { code } } })),
  });
  return (
    <>
      <Reading query={verified}>{(found) => <Facts document={found} />}</Reading>
      <p>
        <Link to="/p/verify">{t('other')}</Link>
      </p>
    </>
  );
}

function Facts({ document: found }: { readonly document: Verified }) {
  const t = useTexts(texts);
  const verdict = found.current === null ? 'untold' : found.current ? 'holds' : 'outdated';
  return (
    <section className={styles['card']}>
      <p role="status">
        <strong>
          {found.current === false ? '◷' : '✓'} {t(verdict)}
        </strong>
      </p>
      <dl className={styles['facts']}>
        <dt>{t('document')}</dt>
        <dd>{found.name}</dd>
        <dt>{t('label')}</dt>
        <dd>{found.label}</dd>
        <dt>{t('issuer')}</dt>
        <dd>{found.issuer}</dd>
        <dt>{t('printedAt')}</dt>
        <dd>{dateAndTime(found.printedAt)}</dd>
      </dl>
      {/* Browsers hash on secure pages only. */}
      {isSecureContext && <CompareFile hashes={found.prints.map(({ bytesHash }) => bytesHash)} />}
    </section>
  );
}

/** The file is read here and goes nowhere. */
function CompareFile({ hashes }: { readonly hashes: readonly string[] }) {
  const t = useTexts(texts);
  const [isSame, setSame] = useState<boolean>();
  const compare = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    setSame(hashes.includes([...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')));
  };
  return (
    <>
      <Field name="file" label={t('file')}>
        {(inside) => <input {...inside} type="file" onChange={({ target }) => void compare(target.files?.[0])} />}
      </Field>
      {isSame !== undefined && <p role="status">{t(isSame ? 'fileSame' : 'fileOther')}</p>}
    </>
  );
}
