import { Suspense, useEffect, useRef, useState } from 'react';
import { onSessionEnd } from '../../shared/api/session.ts';
import { later } from '../blocks/later.ts';

const SessionWindow = later(() => import('./session-window.tsx'));

/** On top of whatever the person was doing; the request that met the end of the session then goes out again. */
export function SessionDialog({ login, tenant }: { readonly login: string; readonly tenant: string }) {
  const [open, setOpen] = useState<boolean>();
  const goOn = useRef<() => void>(undefined);

  useEffect(() => {
    onSessionEnd(
      () =>
        new Promise((resolve) => {
          goOn.current = resolve;
          setOpen(true);
        }),
    );
    return () => onSessionEnd(undefined);
  }, []);

  const close = (): void => {
    setOpen(false);
    goOn.current?.();
  };
  return <Suspense>{open !== undefined && <SessionWindow {...{ login, tenant, open }} onSignedIn={close} />}</Suspense>;
}
