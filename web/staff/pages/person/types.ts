import type { paths } from '../../../shared/api/schema.d.ts';

export type Person = paths['/api/v1/people/{id}']['get']['responses'][200]['content']['application/json'];
export type Account = Person['accounts'][number];
export type Grant = Person['grants'][number];
export type Role = paths['/api/v1/people/{id}/grants']['post']['requestBody']['content']['application/json']['role'];
