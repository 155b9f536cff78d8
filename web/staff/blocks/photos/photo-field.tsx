import { useEffect, useId, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useProblemWords } from '../../../shared/api/problem-words.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../button.tsx';
import styles from './photos.module.css';
import { texts } from './texts.ts';
import { MOST_PHOTOS, type Photo, type Photos } from './use-photos.ts';

interface Props {
  readonly photos: Photos;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
}

/** Photographs of a form, each with how far it is. */
export function PhotoField({ photos, label, hint: more, error }: Props) {
  const t = useTexts(texts);
  const hint = useId();
  const [wereTooMany, setTooMany] = useState(false);
  return (
    <fieldset className={styles['question']}>
      <legend>{label}</legend>
      {error !== undefined && <p className={styles['error']}>⚠ {error}</p>}
      <ul className={styles['photos']} aria-live="polite">
        {photos.all.map((photo, index) => (
          <li key={photo.key}>
            <PhotoLine photo={photo} name={t('photo', { number: index + 1 })} photos={photos} />
          </li>
        ))}
      </ul>
      {photos.all.length < MOST_PHOTOS && (
        <label className={styles['add']}>
          {t('addPhotos')}
          <input
            id="photos"
            className="hidden-text"
            type="file"
            accept="image/*"
            multiple
            aria-describedby={hint}
            onChange={({ target }) => {
              setTooMany(!photos.add([...(target.files ?? [])]));
              target.value = '';
            }}
          />
        </label>
      )}
      <p id={hint} className={styles['hint']}>
        {t('hint', { count: photos.all.length })}
        {more !== undefined && ` ${more}`}
        {wereTooMany && ` · ${t('tooMany')}`}
      </p>
      {!photos.areKept && <p className={styles['warning']}>{t('notKept')}</p>}
    </fieldset>
  );
}

interface LineProps {
  readonly photo: Photo;
  readonly name: string;
  readonly photos: Photos;
}

function PhotoLine({ photo, name, photos }: LineProps) {
  const t = useTexts(texts);
  const words = useProblemWords(photo.problem);
  const elsewhere = useElsewhere(photo);
  const picture = usePicture(photo.blob ?? elsewhere.data);
  const state = (): string => {
    if (elsewhere.isError) return t('photo.gone');
    if (photo.id !== undefined) return t(photo.isElsewhere ? 'photo.elsewhere' : 'photo.kept');
    if (photo.problem?.isOpen) return t('photo.waiting');
    return words ? t('photo.failed', { why: words.detail }) : t('photo.sending');
  };
  return (
    <>
      {picture !== undefined && <img src={picture} alt="" />}
      <span className={styles['state']}>
        {name} · {state()}
      </span>
      {photo.problem && <Button onClick={() => photos.again(photo)}>{t('photo.again')}</Button>}
      <Button type="text" aria-label={t('photo.remove', { name })} onClick={() => photos.remove(photo.key)}>
        ✕
      </Button>
    </>
  );
}

function useElsewhere({ id = '', isElsewhere }: Photo) {
  return useQuery({
    queryKey: ['own-file', id],
    queryFn: () => read(api.GET('/api/v1/files/{id}', { params: { path: { id } }, parseAs: 'blob' })) as Promise<unknown> as Promise<Blob>,
    enabled: isElsewhere === true,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The content security policy lets pictures in as data, not as objects of the page. */
function usePicture(blob: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!blob?.type.startsWith('image/')) return;
    const reader = new FileReader();
    reader.addEventListener('load', () => setAddress(String(reader.result)));
    reader.readAsDataURL(blob);
  }, [blob]);
  return address;
}
