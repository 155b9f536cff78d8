/**
 * What everyone reads before they answer (告知同意, 个人信息保护法 17). A change is a new version: every consent names
 * the one it was given to.
 */
export const NOTICE = {
  version: '2026-1',
  zh: '本表用于了解居民需求，由社区和街道使用。姓名和电话可以不填；填写的联系方式只用于就这件事与您联系，加密保存，事项办结三年后删除。您可以凭查询码了解进展，也可以向社区要求更正或删除。未满 {age} 周岁的，须由监护人同意。',
  en: 'This form finds out what residents need; the community and the subdistrict office use it. Name and phone are optional, are used only to reach you about this matter, are kept encrypted, and are deleted three years after it is closed. With your code you can see how it goes on; you can ask the community to correct or delete it. Below the age of {age} a guardian must agree.',
} as const;
