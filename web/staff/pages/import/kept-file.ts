const DATABASE = 'cobuild';
const STORE = 'imports';
const KEPT_MS = 24 * 3_600_000;

/** A chosen file, on this device until it is taken: a reload loses neither it nor a running import. */
export interface KeptFile {
  readonly id: string;
  readonly kind: string;
  readonly file: File;
  readonly takeOver: boolean;
  readonly sheets: readonly string[];
  readonly keptAt: number;
  /** Of the import that was begun; the same key again repeats its answer, never the import. */
  readonly running: { readonly key: string; readonly takeGood: boolean } | undefined;
}

async function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return answerOf(request);
}

function answerOf<Answer>(request: IDBRequest<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the device keeps no files'));
  });
}

async function within<Answer>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<Answer>): Promise<Answer> {
  const database = await opened();
  try {
    return await answerOf(act(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

/** `owner`: account and kind. Where the device has no room, nothing is kept and the work goes on. */
export async function keepFile(owner: string, file: KeptFile): Promise<void> {
  await within('readwrite', (store) => store.put(file, owner)).catch(() => undefined);
}

/** Not after a day: residents' words should not stay on a device by accident. */
export async function keptFile(owner: string): Promise<KeptFile | undefined> {
  const found = await within<KeptFile | undefined>('readonly', (store) => store.get(owner)).catch(() => undefined);
  if (!found || Date.now() - found.keptAt < KEPT_MS) return found;
  await forgetFile(owner);
  return undefined;
}

export async function forgetFile(owner: string): Promise<void> {
  await within('readwrite', (store) => store.delete(owner)).catch(() => undefined);
}
