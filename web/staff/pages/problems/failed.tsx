import { useRouteError } from 'react-router';
import { asProblem } from '../../../shared/api/problem.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { Page } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { texts } from './texts.ts';

/** A defect of ours, or code that could not be loaded; the rest of the page goes on. */
export function Failed() {
  const t = useTexts(texts);
  const error = useRouteError();
  const reload = (): void => location.reload();
  return (
    <Page title={t('failed')}>
      {asProblem(error) ? (
        <Refusal error={error} retry={reload} />
      ) : (
        <Empty title={t('failedWhy')}>
          <Button onClick={reload}>{t('reload')}</Button>
        </Empty>
      )}
    </Page>
  );
}
