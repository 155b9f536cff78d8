import { useEffect, useRef } from 'react';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { Button } from '../blocks/button.tsx';
import { hasRole, useMe, type Me } from '../me.ts';
import styles from './guide.module.css';

const texts = defineTexts('staff/shell/guide', {
  title: { zh: '第一次来？', en: 'Here for the first time?' },
  close: { zh: '知道了', en: 'Got it' },
  again: { zh: '以后在“帮助”里再看。', en: 'You find this again under Help.' },
  today: { zh: '“今日”列出轮到您的事；蓝色按钮就是最急的一件。', en: '“Today” lists what waits for you; the blue button is the most urgent of it.' },
  doors: { zh: '带 ▸ 的数字都能点开，看到的正是这几条。', en: 'A number with ▸ opens exactly the rows it counts.' },
  waits: { zh: '每件事都写明等谁、到哪天、不办会怎样；全部在“球在谁手里”。', en: 'Every case says who is waited for, until when, and what happens otherwise; all of them under “Who holds the ball”.' },
  kept: { zh: '写到一半会自动保存；能撤销的事，办完10秒内可点“撤销”。', en: 'What you type keeps itself; what can be undone offers Undo for ten seconds.' },
  unit: { zh: '“我的”列出轮到您的事：答复推荐、签约、交季报。', en: '“Mine” lists what waits for you: answering offers, agreements, quarterly reports.' },
  org: { zh: '“我的项目”列出本机构实施的项目，每个都写明等谁、到哪天。', en: '“My projects” lists what your organisation carries out, and who is waited for until when.' },
  report: { zh: '季报只有7个问题，约5分钟；没有网络也能写，恢复后再交。', en: 'A quarterly report is seven questions, about five minutes; without a network you can still write.' },
  refused: { zh: '办不成的时候会写明为什么、找谁、下一步做什么。', en: 'What cannot be done says why, whom to ask and what to do next.' },
  factor: { zh: '授权、审计等操作，除密码外还要验证一次动态码。', en: 'Granting, auditing and the like ask for a one-time code besides the password.' },
  logged: { zh: '每次授权和查看都有记录，可在“核验”里查证。', en: 'Every grant and every look is in the record, which “Verify” can prove.' },
  tools: { zh: '字小了点“大字”；消息里有提醒和结果。', en: '“Large text” makes everything bigger; Messages hold reminders and outcomes.' },
});

type Step = (typeof texts)['keys'][number];

const OFFICE = ['manager', 'leader', 'communityWorker'];
const ADMINISTRATION = ['securityAdministrator', 'systemAdministrator', 'auditAdministrator', 'auditor'];

/** At most five lines, of what this reader works with. */
function stepsFor(me: Me): readonly Step[] {
  if (hasRole(me, ...OFFICE)) return ['today', 'doors', 'waits', 'kept', 'tools'];
  if (hasRole(me, 'applicant') && !hasRole(me, 'unit')) return ['org', 'kept', 'refused', 'tools'];
  if (hasRole(me, 'unit')) return ['unit', 'report', 'kept', 'refused', 'tools'];
  if (hasRole(me, ...ADMINISTRATION)) return ['factor', 'logged', 'refused', 'tools'];
  return ['refused', 'tools'];
}

/** In the page, not on top of it: nobody has to deal with it first. */
export default function GuideSteps({ close }: { readonly close: () => void }) {
  const t = useTexts(texts);
  const me = useMe();
  const box = useRef<HTMLElement>(null);
  // Asked for again it is read from its beginning; on a first visit nobody is moved.
  useEffect(() => {
    if (me.account.guideSeen) box.current?.focus();
  }, [me.account.guideSeen]);
  return (
    <section ref={box} tabIndex={-1} aria-label={t('title')} className={`${styles['guide']} no-print`}>
      <h2>{t('title')}</h2>
      <ol>
        {stepsFor(me).map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
      <p>
        <Button onClick={close}>{t('close')}</Button> {t('again')}
      </p>
    </section>
  );
}
