import { useProblemWords } from '../../../shared/api/problem-words.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../blocks.module.css';
import { Field } from '../field.tsx';
import { texts } from './texts.ts';
import type { Photo, Photos } from './use-photos.ts';

export function PhotoField({ photos, ticket }: { readonly photos: Photos; readonly ticket: string }) {
  const t = useTexts(texts);
  return (
    <>
      <Field name="photos" label={t('photos')} hint={t('photosWhy')}>
        {(inside) => (
          <input
            {...inside}
            type="file"
            accept="image/*"
            multiple
            onChange={({ target }) => {
              photos.add([...(target.files ?? [])], ticket);
              target.value = '';
            }}
          />
        )}
      </Field>
      <ul className={styles['photos']} aria-live="polite">
        {photos.all.map((photo, index) => (
          <li key={photo.key}>
            <PhotoLine photo={photo} name={t('photo', { number: index + 1 })} photos={photos} ticket={ticket} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface LineProps {
  readonly photo: Photo;
  readonly name: string;
  readonly photos: Photos;
  readonly ticket: string;
}

function PhotoLine({ photo, name, photos, ticket }: LineProps) {
  const t = useTexts(texts);
  const words = useProblemWords(photo.problem);
  const state = words ? `${t('failed')}：${words.detail}` : t(photo.id === undefined ? 'sending' : 'kept');
  return (
    <>
      <span>
        {name} · {state}
      </span>
      {words && (
        <button type="button" className={styles['button']} onClick={() => photos.again(photo, ticket)}>
          {t('again')}
        </button>
      )}
      <button type="button" className={styles['button']} onClick={() => photos.remove(photo.key)}>
        {t('remove')}
        <span className="hidden-text"> {name}</span>
      </button>
    </>
  );
}
