import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';

const texts = defineTexts('staff/blocks/role-names', {
  'role.system': { zh: '系统', en: 'System' },
  'role.resident': { zh: '居民', en: 'Resident' },
  'role.unit': { zh: '共建单位', en: 'Co-building unit' },
  'role.applicant': { zh: '申报单位', en: 'Applicant' },
  'role.communityWorker': { zh: '社区工作者', en: 'Community worker' },
  'role.manager': { zh: '项目管理员', en: 'Project manager' },
  'role.leader': { zh: '街道领导', en: 'Leader' },
  'role.reviewer': { zh: '评委', en: 'Judge' },
  'role.fundPreparer': { zh: '财务经办', en: 'Finance officer (prepares)' },
  'role.fundApprover': { zh: '财务审批', en: 'Finance officer (approves)' },
  'role.auditor': { zh: '监督审计', en: 'Auditor' },
  'role.systemAdministrator': { zh: '系统管理员', en: 'System administrator' },
  'role.securityAdministrator': { zh: '安全管理员', en: 'Security administrator' },
  'role.auditAdministrator': { zh: '审计管理员', en: 'Audit administrator' },
});

/** Those that are granted to people: the system is nobody. */
export const ROLES = texts.keys.filter((key) => key !== 'role.system').map((key) => key.slice('role.'.length));

/** A role of a later version shows as its code. */
export function useRoleName(): (role: string) => string {
  const t = useTexts(texts);
  return (role) => {
    const key = texts.keys.find((it) => it === `role.${role}`);
    return key ? t(key) : role;
  };
}
