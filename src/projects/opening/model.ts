/** Human numbers of micro-projects: 微项目 MX-001. */
export const NUMBER_PREFIX = 'MX';
