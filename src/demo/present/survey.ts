import { addDays, shanghaiInstant, type LocalDate } from '../../kernel/time.ts';
import { NOTICE } from '../../needs/intake/notice/model.ts';
import { surveyAnswers, surveyQuestions } from './content.ts';
import type { PresentCast } from './people.ts';

/** Long enough to look at while it collects, and to see its reminders come. */
const DAYS = 21;

/** A survey that collects: its poster can be printed, its form opened, and the first doors have been knocked on. */
export async function openSurvey({ manager, worker, communities }: PresentCast, day: LocalDate): Promise<void> {
  const draft = {
    title: '示例：社区需求摸底',
    intro: '示例：说说您和家人在生活中遇到的困难',
    questions: surveyQuestions,
    communityIds: communities.map(({ id }) => id),
    channels: ['publicForm', 'staff'],
    opensAt: shanghaiInstant(day),
    closesAt: shanghaiInstant(addDays(day, DAYS)),
  };
  const { id } = await manager.post<{ id: string }>('/api/v1/surveys', draft, 'present-survey');
  await manager.post(`/api/v1/surveys/${id}/release`, {}, 'present-survey-release');
  for (const [index, answers] of surveyAnswers.entries()) {
    const communityId = communities[index % communities.length]!.id;
    const body = { communityId, answers, consent: { noticeVersion: NOTICE.version, channel: 'oral' } };
    await worker.post(`/api/v1/surveys/${id}/answers`, body, `present-survey-answer-${index}`);
  }
}
