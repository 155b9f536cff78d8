import { useCallback, useEffect, useRef, useState } from 'react';
import { api, read } from '../../../shared/api/client.ts';
import { newId } from '../../../shared/api/ids.ts';
import { asProblem, type Problem } from '../../../shared/api/problem.ts';
import { shrunk } from '../../../shared/photos/shrink.ts';
import { forgetPhotos, keepPhotos, keptPhotos, type KeptPhoto } from './photo-store.ts';

export const MOST_PHOTOS = 9;
const NONE: readonly string[] = [];
/** A day before the server forgets a file that no report names. */
const FRESH_MS = 24 * 3_600_000;
const RETRY_MS = 10_000;

export interface Photo extends KeptPhoto {
  readonly problem?: Problem;
}

export interface Photos {
  readonly all: readonly Photo[];
  /** Of those that the server has. */
  readonly ids: readonly string[];
  readonly left: number;
  /** False: this device could not keep them. */
  readonly areKept: boolean;
  /** False: some were too many. */
  readonly add: (files: readonly File[]) => boolean;
  readonly again: (photo: Photo) => void;
  readonly remove: (key: string) => void;
  readonly discard: () => void;
  /** Whether what this device keeps is known; after it was discarded, not before the next one. */
  readonly isLoaded: boolean;
  /** Those that another device has sent or taken away; what waits here stays. */
  readonly adopt: (ids: readonly string[]) => void;
}

/**
 * Photographs of a draft: shrunk, kept on this device, sent while the person goes on writing, and sent again by themselves
 * after the network was lost or the page was closed. `earlier`: files that a returned report named.
 */
export function usePhotos(draft: string, earlier: readonly string[] = NONE): Photos {
  const [all, setAll] = useState<readonly Photo[]>([]);
  // What was reported before is known before the form is shown.
  const [known] = useState(earlier);
  const [areKept, setKept] = useState(true);
  const [isLoaded, setLoaded] = useState(false);
  const latest = useRef(all);
  const sending = useRef(new Set<string>());

  const put = useCallback(
    (next: readonly Photo[]): void => {
      latest.current = next;
      setAll(next);
      void keepPhotos(draft, next.map(({ problem: _problem, ...kept }) => kept)).then(setKept);
    },
    [draft],
  );
  const replace = useCallback((photo: Photo): void => put(latest.current.map((it) => (it.key === photo.key ? photo : it))), [put]);

  const send = useCallback(
    async (photo: Photo): Promise<void> => {
      const { key, blob } = photo;
      if (!blob || sending.current.has(key)) return;
      sending.current.add(key);
      replace({ key, blob });
      try {
        const { id } = await upload(key, blob);
        replace({ key, blob, id, sentAt: new Date().toISOString() });
      } catch (error) {
        const problem = asProblem(error);
        if (!problem) throw error;
        replace({ key, blob, problem });
      } finally {
        sending.current.delete(key);
      }
    },
    [replace],
  );

  useEffect(() => {
    let isThere = true;
    void keptPhotos(draft).then((kept) => {
      if (!isThere) return;
      setLoaded(true);
      const photos = kept.length > 0 ? kept.map(refreshed) : known.map((id) => ({ key: id, id }));
      if (photos.length === 0) return;
      put([...photos, ...latest.current]);
      for (const photo of photos) if (photo.id === undefined) void send(photo);
    });
    return () => {
      isThere = false;
    };
  }, [draft, known, put, send]);

  const adopt = useCallback(
    (ids: readonly string[]): void => {
      const known = new Map(latest.current.map((photo) => [photo.id, photo]));
      put([...ids.map((id) => known.get(id) ?? { key: id, id, isElsewhere: true as const }), ...latest.current.filter(({ id }) => id === undefined)]);
    },
    [put],
  );

  const waits = all.some(({ problem }) => problem?.isOpen);
  useEffect(() => {
    if (!waits) return undefined;
    const retry = (): void => {
      for (const photo of latest.current) if (photo.problem?.isOpen) void send(photo);
    };
    const timer = setInterval(retry, RETRY_MS);
    addEventListener('online', retry);
    return () => {
      clearInterval(timer);
      removeEventListener('online', retry);
    };
  }, [waits, send]);

  return {
    all,
    areKept,
    isLoaded,
    adopt,
    ids: all.flatMap(({ id }) => (id === undefined ? [] : [id])),
    left: all.filter(({ id }) => id === undefined).length,
    add: (files) => {
      const taken = files.slice(0, MOST_PHOTOS - latest.current.length);
      setLoaded(true);
      void (async () => {
        for (const file of taken) {
          const photo = { key: newId(), blob: await shrunk(file) };
          put([...latest.current, photo]);
          void send(photo);
        }
      })();
      return taken.length === files.length;
    },
    again: (photo) => void send(photo),
    remove: (key) => put(latest.current.filter((photo) => photo.key !== key)),
    discard: () => {
      setLoaded(false);
      latest.current = [];
      setAll([]);
      void forgetPhotos(draft);
    },
  };
}

/** What was sent too long ago is sent anew, as another file. */
function refreshed(photo: KeptPhoto): KeptPhoto {
  const isFresh = photo.sentAt === undefined || Date.now() - Date.parse(photo.sentAt) < FRESH_MS;
  return isFresh || !photo.blob ? photo : { key: newId(), blob: photo.blob };
}

async function upload(key: string, blob: Blob): Promise<{ id: string }> {
  return read(
    api.POST('/api/v1/files', {
      params: { header: { 'Idempotency-Key': key } },
      body: { file: '' },
      bodySerializer: () => {
        const form = new FormData();
        form.append('file', blob, 'photo.jpg');
        return form;
      },
    }),
  );
}
