import { Suspense, useState } from 'react';
import { api, fileUrl, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { Schemas } from '../../me.ts';
import { Disclosure } from '../disclosure.tsx';
import { later } from '../later.ts';
import { Refusal } from '../problem.tsx';
import { announceDone } from '../undo.tsx';
import type { Wanted } from './columns.ts';
import { texts } from './texts.ts';

const ExportDialogs = later(() => import('./export-dialogs.tsx'));

export interface ExportLink {
  readonly label: string;
  readonly href: string;
}

/** The list as the server knows it, to be taken out with the filter of the moment. */
export interface ExportAs {
  readonly list: string;
  /** With what people said or who they are: the server wants a reason. */
  readonly personal?: true;
  /** From what stands in the address to what the API asks for. */
  readonly queryOf?: (wanted: Wanted) => Wanted;
}

const FORMATS = ['xlsx', 'csv'] as const;
type Format = (typeof FORMATS)[number];

interface Props {
  readonly wanted: Wanted;
  readonly exportAs: ExportAs | undefined;
  readonly links?: readonly ExportLink[];
}

export function ExportMenu({ wanted, exportAs, links = [] }: Props) {
  const t = useTexts(texts);
  const [format, setFormat] = useState<Format>();
  const [asking, setAsking] = useState<boolean>();
  const [waiting, setWaiting] = useState<Schemas['Export']>();
  const ask = useCommand(
    (body: { list: string; format: Format; filter: Wanted; reason?: string }, header) => read(api.POST('/api/v1/exports', { params: { header }, body })),
    (made) => {
      if (made.state === 'waiting') {
        setAsking(false);
        setWaiting(made);
        return;
      }
      if (asking) setAsking(false);
      save(fileUrl(`/api/v1/exports/${made.id}/file`));
      announceDone(`✓ ${t('exported', { count: made.rows, number: made.number })}`);
    },
  );
  const filter = exportAs?.queryOf ? exportAs.queryOf(wanted) : wanted;
  const send = (as: Format, reason?: string): void => void (exportAs && ask.run({ list: exportAs.list, format: as, filter, ...(reason !== undefined && { reason }) }));
  const choose = (as: Format): void => {
    setFormat(as);
    if (exportAs?.personal) setAsking(true);
    else send(as);
  };
  if (exportAs === undefined && links.length === 0) return null;
  return (
    <>
      <Disclosure label={t('export')} side="end">
        {(close) => (
          <ul>
            {exportAs &&
              FORMATS.map((as) => (
                <li key={as}>
                  <button
                    type="button"
                    onClick={() => {
                      close();
                      choose(as);
                    }}
                  >
                    {as.toUpperCase()}
                  </button>
                </li>
              ))}
            {links.map(({ label, href }) => (
              <li key={label}>
                <a href={href} download onClick={close}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        )}
      </Disclosure>
      {ask.problem && !asking && <Refusal error={ask.problem} />}
      {(asking !== undefined || waiting !== undefined) && (
        <Suspense fallback={null}>
          <ExportDialogs
            asking={asking === true}
            isRunning={ask.isRunning}
            problem={ask.problem}
            send={(reason) => format && send(format, reason)}
            waiting={waiting}
            close={() => {
              ask.forget();
              setAsking(false);
              setWaiting(undefined);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

/** The browser saves it under the name that the server gives. */
function save(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}
