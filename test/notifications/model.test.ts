import { describe, expect, it } from '@jest/globals';
import { keysOf, recipientKey, render } from '../../src/notifications/model.ts';

describe('a reader', () => {
  it('receives what is addressed to them, to their role in its unit, and to their role anywhere', () => {
    const reader = { accountId: 'a1', roles: [{ role: 'liaison', orgUnitId: 'u1' }, { role: 'auditor' }] };
    expect(keysOf(reader)).toEqual(['account:a1', 'role:liaison', 'role:liaison@u1', 'role:auditor']);
    expect(keysOf(reader)).not.toContain(recipientKey({ kind: 'role', role: 'auditor', orgUnitId: 'u1' }));
  });
});

describe('a message', () => {
  const texts = { 'projects.offer.received': { zh: '收到项目 {number}', en: 'Project {number} is offered to you' } };
  const message = { text: 'projects.offer.received', params: { number: 'MX-031' } };

  it('is shown in the reader’s language with its numbers', () => {
    expect(render(message, texts, 'zh')).toBe('收到项目 MX-031');
    expect(render(message, texts, 'en')).toBe('Project MX-031 is offered to you');
  });

  it('of an unknown kind is shown by its key', () => {
    expect(render({ ...message, text: 'later.kind' }, texts, 'zh')).toBe('later.kind');
  });
});
