import { del, get, set } from 'idb-keyval';

/** A photograph of a draft, as this device keeps it until the report is submitted. */
export interface KeptPhoto {
  /** Also its Idempotency-Key: sent again after a lost answer, it is kept once. */
  readonly key: string;
  /** Absent for one that an earlier version of the report named already. */
  readonly blob?: Blob;
  /** Sent from another device: only the server has it. */
  readonly isElsewhere?: true;
  /** Once the server has it. */
  readonly id?: string;
  /** ISO instant; the server forgets files that no report names in time. */
  readonly sentAt?: string;
}

const PREFIX = 'cobuild.photos.';

/** Empty where the device keeps nothing, as in private windows. */
export async function keptPhotos(draft: string): Promise<readonly KeptPhoto[]> {
  return (await get<readonly KeptPhoto[]>(PREFIX + draft).catch(() => undefined)) ?? [];
}

/** False where the device has no room or keeps nothing. */
export async function keepPhotos(draft: string, photos: readonly KeptPhoto[]): Promise<boolean> {
  return set(PREFIX + draft, photos).then(
    () => true,
    () => false,
  );
}

export async function forgetPhotos(draft: string): Promise<void> {
  await del(PREFIX + draft).catch(() => undefined);
}
