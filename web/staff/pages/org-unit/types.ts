import type { paths } from '../../../shared/api/schema.d.ts';

export type OrgUnit = paths['/api/v1/org-units/{id}']['get']['responses'][200]['content']['application/json'];
export type Membership = OrgUnit['memberships'][number];
export type Level = NonNullable<OrgUnit['level']>;
