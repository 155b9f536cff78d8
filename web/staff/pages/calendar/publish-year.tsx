import { useState } from 'react';
import { Button, Drawer, Form, Input } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useDraft } from '../../../shared/api/drafts.ts';
import { addDays } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { useMe } from '../../me.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';
import type { Day, YearToPublish } from './years.ts';

interface Holiday {
  readonly name: string;
  readonly first: string;
  readonly last: string;
  /** Make-up days, as typed: `2027-02-06 2027-02-20`. */
  readonly work: string;
}

interface Typed {
  readonly papers: string;
  readonly holidays: readonly Holiday[];
  readonly reason: string;
}

interface Props {
  readonly year: number;
  readonly isRevision: boolean;
  readonly close: () => void;
}

const NAMES = ['元旦', '春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节'];
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The State Council's notice of a year, day by day. A revision begins with what holds. */
export function PublishYear({ year, isRevision, close }: Props) {
  const t = useTexts(texts);
  const range = { from: `${year}-01-01`, to: `${year}-12-31` };
  const held = useQuery({
    queryKey: ['calendar', 'days', year],
    queryFn: () => read(api.GET('/api/v1/calendar/days', { params: { query: range } })),
    enabled: isRevision,
  });
  return (
    <Drawer open title={t(isRevision ? 'revise' : 'publish', { year })} onClose={close} size="large" destroyOnHidden>
      {isRevision && held.isPending && <RowsSkeleton rows={6} />}
      {held.isError && <Refusal error={held.error} retry={() => void held.refetch()} />}
      {(!isRevision || held.data) && <YearForm year={year} before={isRevision ? typedOf(held.data?.items ?? []) : EMPTY} close={close} />}
    </Drawer>
  );
}

const EMPTY: Typed = { papers: '', holidays: NAMES.map((name) => ({ name, first: '', last: '', work: '' })), reason: '' };

/** Days of rest in a row under one name are one holiday; make-up days bear its name. */
function typedOf(days: readonly Day[]): Typed {
  const holidays: Holiday[] = [];
  for (const { date, workday, name } of days) {
    const last = holidays.at(-1);
    if (name === null || workday) continue;
    if (last?.name === name && last.last === addDays(date, -1)) holidays[holidays.length - 1] = { ...last, last: date };
    else holidays.push({ name, first: date, last: date, work: '' });
  }
  const withWork = holidays.map((holiday, index) => ({
    ...holiday,
    work: holidays.findIndex(({ name }) => name === holiday.name) === index ? days.filter((it) => it.workday && it.name === holiday.name).map(({ date }) => date).join(' ') : '',
  }));
  return { papers: [...new Set(days.flatMap(({ paper }) => (paper === null ? [] : [paper])))].join('\n'), holidays: withWork, reason: '' };
}

interface FormProps {
  readonly year: number;
  readonly before: Typed;
  readonly close: () => void;
}

function YearForm({ year, before, close }: FormProps) {
  const t = useTexts(texts);
  const me = useMe();
  const draft = useDraft<Typed>(`calendar/${me.account.id}/${year}`, before);
  const [missing, setMissing] = useState<string>();
  const publish = useCommand(
    (body: YearToPublish, header) => read(api.POST('/api/v1/calendar/years', { params: { header }, body })),
    ({ calendarVersion }) => {
      draft.discard();
      close();
      announceDone(`✓ ${t('published', { year, version: calendarVersion })}`);
    },
  );
  const { value } = draft;
  const put = (index: number, change: Partial<Holiday>): void =>
    draft.change({ ...value, holidays: value.holidays.map((it, at) => (at === index ? { ...it, ...change } : it)) });
  const submit = (): void => {
    const holidays = value.holidays.filter(({ first, last }) => first !== '' || last !== '');
    const papers = value.papers.split(/\s+/).filter((paper) => paper !== '');
    const hole =
      papers.length === 0
        ? t('papers')
        : holidays.length === 0
          ? t('holidays')
          : (holidays.find(({ name, first, last, work }) => name === '' || first === '' || last === '' || daysIn(work).some((day) => !DAY.test(day)))?.name ??
            (value.reason.trim() === '' ? t('reason') : undefined));
    setMissing(hole);
    if (hole !== undefined) return;
    void publish.run({
      year,
      papers,
      reason: value.reason.trim(),
      holidays: holidays.map(({ name, first, last, work }) => ({ name, paper: 0, rest: { first, last }, work: daysIn(work) })),
    });
  };
  return (
    <Form layout="vertical" onFinish={submit}>
      <p>{t('publishWhy')}</p>
      {missing !== undefined && <p role="alert">⚠ {t('missing', { what: missing })}</p>}
      {publish.problem && <Refusal error={publish.problem} />}
      <Form.Item label={t('papers')} htmlFor="year-papers" extra={t('papersHint')}>
        <Input.TextArea id="year-papers" rows={2} value={value.papers} onChange={({ target }) => draft.change({ ...value, papers: target.value })} />
      </Form.Item>
      <fieldset className={styles['holidays']}>
        <legend>{t('holidays')}</legend>
        {value.holidays.map(({ name, first, last, work }, index) => (
          // Rows have no name of their own before one is typed, and none is moved.
          // eslint-disable-next-line react/no-array-index-key
          <div key={index} className={styles['holiday']}>
            <label>
              {t('holiday')}
              <Input value={name} maxLength={40} onChange={({ target }) => put(index, { name: target.value })} />
            </label>
            <label>
              {t('restFirst')}
              <Input type="date" value={first} onChange={({ target }) => put(index, { first: target.value })} />
            </label>
            <label>
              {t('restLast')}
              <Input type="date" value={last} onChange={({ target }) => put(index, { last: target.value })} />
            </label>
            <label>
              {t('makeUpDays')}
              <Input value={work} placeholder={`${year}-02-14 ${year}-02-28`} onChange={({ target }) => put(index, { work: target.value })} />
            </label>
          </div>
        ))}
        <Button onClick={() => draft.change({ ...value, holidays: [...value.holidays, { name: '', first: '', last: '', work: '' }] })}>{t('more')}</Button>
      </fieldset>
      <Form.Item label={t('reason')} htmlFor="year-reason">
        <Input id="year-reason" maxLength={500} value={value.reason} onChange={({ target }) => draft.change({ ...value, reason: target.value })} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={publish.isRunning}>
        {t('publishDo', { year })}
      </Button>
    </Form>
  );
}

function daysIn(typed: string): string[] {
  return typed.split(/[\s,，、;；]+/).filter((day) => day !== '');
}
