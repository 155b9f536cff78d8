import { useState } from 'react';
import { Button, Drawer, Form, Input } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import { exactMoney, wholeNumber } from '../../../../shared/format/money.ts';
import { dateAndTime } from '../../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { Empty } from '../../../blocks/empty.tsx';
import { Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { StatusTag, type Standing } from '../../../blocks/status-tag.tsx';
import type { Schemas } from '../../../me.ts';
import type { Action } from '../commands.ts';
import styles from '../page.module.css';
import { texts } from '../texts.ts';

type Report = Schemas['ProjectReport'];
type Deed = 'acceptReport' | 'returnReport' | 'waiveReport';

const STANDINGS: Readonly<Record<string, Standing>> = { submitted: 'mine', returned: 'soon', accepted: 'done', waived: 'others' };

interface Props {
  readonly project: Schemas['Project'];
  readonly actions: readonly Action[];
}

export function Reports({ project: { id }, actions }: Props) {
  const t = useTexts(texts);
  const language = useLanguage();
  const reports = useQuery({
    queryKey: ['project', id, 'reports'],
    queryFn: () => read(api.GET('/api/v1/projects/{id}/reports', { params: { path: { id } } })),
  });
  const [asked, ask] = useState<{ deed: Deed; quarter: string }>();
  const may = (deed: Deed): boolean => actions.some(({ command }) => command === deed);
  if (!reports.data) return reports.isError ? <Refusal error={reports.error} retry={() => void reports.refetch()} /> : null;
  return (
    <Section title={t('reports')}>
      {reports.data.length === 0 ? (
        <Empty title={t('reportsNone')} why={t('reportsWhy')} />
      ) : (
        <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('reports')}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('quarter')}</th>
                <th scope="col">{t('state')}</th>
                <th scope="col" className={styles['number']}>
                  {t('served')}
                </th>
                <th scope="col" className={styles['number']}>
                  {t('spent')}
                </th>
                <th scope="col">{t('submitted')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {reports.data.map((report) => (
                <tr key={report.quarter}>
                  <th scope="row">{report.quarter}</th>
                  <td>
                    <State report={report} />
                  </td>
                  <td className={styles['number']}>{wholeNumber(report.served)}</td>
                  <td className={styles['number']}>{exactMoney(report.spentFen, language)}</td>
                  <td>{report.submittedAt === null ? '–' : dateAndTime(report.submittedAt)}</td>
                  <td>
                    <div className={styles['actions']}>
                      {report.status === 'submitted' && may('acceptReport') && <AcceptButton projectId={id} quarter={report.quarter} />}
                      {report.status === 'submitted' && may('returnReport') && (
                        <Button onClick={() => ask({ deed: 'returnReport', quarter: report.quarter })}>{t('returnReport')}</Button>
                      )}
                      {report.status === 'returned' && may('waiveReport') && (
                        <Button onClick={() => ask({ deed: 'waiveReport', quarter: report.quarter })}>{t('waiveReport')}</Button>
                      )}
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {asked && <ReasonForm projectId={id} {...asked} close={() => ask(undefined)} />}
    </Section>
  );
}

function State({ report }: { readonly report: Report }) {
  const t = useTexts(texts);
  const key = texts.keys.find((it) => it === `report.${report.status}`);
  return (
    <>
      <StatusTag standing={STANDINGS[report.status] ?? 'others'}>{key ? t(key) : report.status}</StatusTag>
      {report.late && <StatusTag standing="late">{t('report.late')}</StatusTag>}
    </>
  );
}

function AcceptButton({ projectId: id, quarter }: { readonly projectId: string; readonly quarter: string }) {
  const t = useTexts(texts);
  const accept = useCommand((_: null, header) =>
    read(api.POST('/api/v1/projects/{id}/reports/{quarter}/accept', { params: { path: { id, quarter }, header }, body: {} })),
  );
  return (
    <>
      <Button type="primary" loading={accept.isRunning} onClick={() => void accept.run(null)}>
        {t('acceptReport')}
      </Button>
      {accept.problem && <Refusal error={accept.problem} />}
    </>
  );
}

interface ReasonProps {
  readonly projectId: string;
  readonly deed: Deed;
  readonly quarter: string;
  readonly close: () => void;
}

function ReasonForm({ projectId: id, deed, quarter, close }: ReasonProps) {
  const t = useTexts(texts);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const send = useCommand(
    (body: { reason: string }, header) => {
      const params = { path: { id, quarter }, header };
      return deed === 'waiveReport'
        ? read(api.POST('/api/v1/projects/{id}/reports/{quarter}/waive', { params, body }))
        : read(api.POST('/api/v1/projects/{id}/reports/{quarter}/return', { params, body }));
    },
    () => close(),
  );
  const submit = (): void => {
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') void send.run({ reason: reason.trim() });
  };
  const title = t(deed === 'waiveReport' ? 'waiveReport' : 'returnReport').replace('…', '');
  return (
    <Drawer open title={`${title} ${quarter}`} onClose={close} destroyOnHidden>
      {send.problem && <Refusal error={send.problem} />}
      <Form layout="vertical" onFinish={submit}>
        <Form.Item
          label={t('field.reason')}
          htmlFor="report-reason"
          {...(isMissing && { validateStatus: 'error' as const, help: t('missing', { what: t('field.reason') }) })}
        >
          <Input.TextArea id="report-reason" rows={4} maxLength={4000} value={reason} onChange={({ target }) => setReason(target.value)} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={send.isRunning} block>
          {title}
        </Button>
      </Form>
    </Drawer>
  );
}
