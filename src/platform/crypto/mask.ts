import type { Mask } from '../database/registry.ts';

export type Audience = 'staff' | 'public';

/** What a name shows once the subject's key is destroyed. */
export const ERASED_NAME = '已删除';

/** Always two marks, whatever the length: the length of a name narrows down who it is. */
export function maskName(name: string): string {
  const [first] = name.trim();
  return `${first ?? ''}＊＊`;
}

/** 138****5678 for staff, ****5678 for the public; numbers too short to hide anything show nothing. */
export function maskPhone(phone: string, audience: Audience): string {
  const digits = phone.replace(/\D/g, '');
  if (digits.length < 8) return '****';
  const mobile = digits.length >= 11 ? digits.slice(-11) : '';
  return `${audience === 'staff' ? mobile.slice(0, 3) : ''}****${digits.slice(-4)}`;
}

export function maskIdNumber(idNumber: string): string {
  const text = idNumber.trim();
  return text.length < 6 ? '***…***' : `${text[0]}***…***${text.at(-1)}`;
}

export function maskAccount(account: string): string {
  const digits = account.replace(/\D/g, '');
  return digits.length < 8 ? '****' : `****${digits.slice(-4)}`;
}

/** `place` is the community's name: all that an address may show. */
export function masked(mask: Mask, text: string, audience: Audience, place = ''): string {
  switch (mask) {
    case 'none':
      return text;
    case 'name':
      return maskName(text);
    case 'phone':
      return maskPhone(text, audience);
    case 'idNumber':
      return maskIdNumber(text);
    case 'account':
      return maskAccount(text);
    case 'address':
      return place;
    case 'freeText':
      return '***';
  }
}
