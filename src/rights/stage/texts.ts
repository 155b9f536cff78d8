import type { Texts } from '../../kernel/texts.ts';

export const texts = {
  'stage.rightsRequest.step.receive': { zh: '受理', en: 'Received' },
  'stage.rightsRequest.step.answer': { zh: '办理答复', en: 'Answer' },
  'stage.rightsRequest.ended.done': { zh: '已办结并答复本人。', en: 'Carried out, and the person was answered.' },
  'stage.rightsRequest.ended.refused': { zh: '未予办理，已说明理由。', en: 'Refused, with the reason.' },
  'stage.rightsRequest.ended.withdrawn': { zh: '本人撤回了申请。', en: 'The person withdrew it.' },
  'stage.rightsRequest.side.refused': { zh: '未予办理', en: 'Refused' },
  'stage.rightsRequest.side.withdrawn': { zh: '撤回', en: 'Withdrawn' },
  'stage.rightsRequest.side.late': { zh: '逾期', en: 'Late' },
  'stage.rightsRequest.wait.answer': { zh: '核实并办理本人申请', en: 'to look into the request and answer it' },
  'stage.rightsRequest.action.carryOut': { zh: '去办理', en: 'Answer it' },
  'stage.rightsRequest.event.received': { zh: '收到本人申请', en: 'The request was received' },
  'stage.rightsRequest.event.carriedOut': { zh: '已办理', en: 'It was carried out' },
  'stage.rightsRequest.event.refused': { zh: '未予办理，已答复理由', en: 'It was refused with a reason' },
  'stage.rightsRequest.event.withdrawn': { zh: '本人撤回申请', en: 'It was withdrawn' },
  'stage.rightsRequest.event.calendarRecounted': { zh: '放假安排公布，期限重新计算', en: 'The date was counted again on the revised calendar' },
  'stage.rightsRequest.event.markedLate': { zh: '办理逾期', en: 'It was marked late' },
} as const satisfies Texts;
