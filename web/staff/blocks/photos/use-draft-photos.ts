import { useEffect, useRef } from 'react';
import type { Draft } from '../../../shared/api/drafts.ts';
import { usePhotos, type Photos } from './use-photos.ts';

interface WithPhotos {
  /** Those that the server has, by number. */
  readonly photos: readonly string[];
}

/**
 * Photographs of a draft that can be gone on with on another device: the draft names those that the server has, each
 * device keeps what it has not sent yet.
 */
export function useDraftPhotos<Value extends WithPhotos>(name: string, draft: Draft<Value>, earlier?: readonly string[]): Photos {
  const photos = usePhotos(name, earlier);
  const { ids, isLoaded, adopt } = photos;
  const here = ids.join(' ');
  const there = draft.value.photos.join(' ');
  // What both said last: the one that differs from it has changed.
  const agreed = useRef(there);
  useEffect(() => {
    if (!isLoaded) return;
    const isFromElsewhere = there !== agreed.current;
    agreed.current = isFromElsewhere ? there : here;
    if (here === there) return;
    if (isFromElsewhere) adopt(draft.value.photos);
    else draft.change({ ...draft.value, photos: ids });
  }, [here, there, isLoaded, adopt, draft, ids]);
  return photos;
}
