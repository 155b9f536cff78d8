import { useRef, useState } from 'react';
import { api, read } from '../../../shared/api/client.ts';
import { newId } from '../../../shared/api/ids.ts';
import { asProblem, type Problem } from '../../../shared/api/problem.ts';
import { shrunk } from '../../../shared/photos/shrink.ts';

export interface Photo {
  /** Also its Idempotency-Key: sent again after a lost answer, it is kept once. */
  readonly key: string;
  readonly file: File;
  readonly id?: string;
  readonly problem?: Problem;
}

export interface Photos {
  readonly all: readonly Photo[];
  /** Of those that the server has. */
  readonly ids: readonly string[];
  readonly areSending: boolean;
  readonly add: (files: readonly File[], ticket: string) => void;
  readonly again: (photo: Photo, ticket: string) => void;
  readonly remove: (key: string) => void;
}

/** Sent while the person goes on writing. */
export function usePhotos(): Photos {
  const [all, setAll] = useState<readonly Photo[]>([]);
  const latest = useRef(all);
  const put = (next: readonly Photo[]): void => {
    latest.current = next;
    setAll(next);
  };
  const replace = (photo: Photo): void => put(latest.current.map((it) => (it.key === photo.key ? photo : it)));

  const send = async ({ key, file }: Photo, ticket: string): Promise<void> => {
    replace({ key, file });
    try {
      const body = { ticket, file: await shrunk(file) };
      const kept = await read(
        api.POST('/api/v1/public/files', {
          params: { header: { 'Idempotency-Key': key } },
          body: body as never,
          bodySerializer: () => {
            const form = new FormData();
            form.append('ticket', body.ticket);
            form.append('file', body.file);
            return form;
          },
        }),
      );
      replace({ key, file, id: kept.id });
    } catch (error) {
      const problem = asProblem(error);
      if (!problem) throw error;
      replace({ key, file, problem });
    }
  };

  return {
    all,
    ids: all.flatMap(({ id }) => (id === undefined ? [] : [id])),
    areSending: all.some(({ id, problem }) => id === undefined && problem === undefined),
    add: (files, ticket) => {
      const added = files.map((file) => ({ key: newId(), file }));
      put([...latest.current, ...added]);
      for (const photo of added) void send(photo, ticket);
    },
    again: (photo, ticket) => void send(photo, ticket),
    remove: (key) => put(latest.current.filter((photo) => photo.key !== key)),
  };
}
