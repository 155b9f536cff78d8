import { Injectable, StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { z } from 'zod';
import { Refusal, type FieldError } from '../../kernel/refusal.ts';

/** More than this says nothing new to whoever must repair the request. */
const MAX_ERRORS = 50;
const OWN_CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;

type Source = 'body' | 'query' | 'param';
type Issue = z.core.$ZodIssue;

function locate(source: Source, name: string | undefined, path: readonly PropertyKey[]): string {
  if (source === 'body') return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return `${source === 'query' ? '?' : ':'}${[...(name ? [name] : []), ...path].map(String).join('.')}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | null | undefined)?.[part], input);
}

function codeOf(issue: Issue, input: unknown): Omit<FieldError, 'at'> {
  if (issue.code !== 'custom' && valueAt(input, issue.path) === undefined) return { code: 'FIELD_REQUIRED' };
  switch (issue.code) {
    case 'invalid_type':
      return { code: 'FIELD_TYPE', params: { expected: issue.expected } };
    case 'too_small':
      return { code: 'FIELD_TOO_SMALL', params: { limit: String(issue.minimum) } };
    case 'too_big':
      return { code: 'FIELD_TOO_BIG', params: { limit: String(issue.maximum) } };
    case 'invalid_format':
      return { code: 'FIELD_FORMAT' };
    case 'invalid_value':
      return { code: 'FIELD_VALUE' };
    case 'custom': {
      // A schema's own rule may name its code in `params.code` of its `refine`.
      const own: unknown = issue.params?.['code'];
      return { code: typeof own === 'string' && OWN_CODE.test(own) ? own : 'FIELD_INVALID' };
    }
    default:
      return { code: 'FIELD_INVALID' };
  }
}

/** Zod's findings as field errors; refused values are never quoted. */
function fieldErrors(issues: readonly Issue[], input: unknown, source: Source, name: string | undefined): FieldError[] {
  const errors = issues.flatMap((issue): FieldError[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ at: locate(source, name, [...issue.path, key]), code: 'FIELD_UNKNOWN' }))
      : [{ at: locate(source, name, issue.path), ...codeOf(issue, input) }],
  );
  return errors.slice(0, MAX_ERRORS);
}

/** Nest's schema pipe, with field errors instead of English sentences. */
@Injectable()
export class SchemaPipe extends StandardSchemaValidationPipe {
  override async transform<Value>(value: Value, metadata: ArgumentMetadata): Promise<Value> {
    const { schema, type, data } = metadata;
    if (!schema || type === 'custom') return value;
    const result = await this.validate<Value>(value, schema);
    if (!result.issues) return result.value;
    throw new Refusal('REQUEST_INVALID', 'invalid', {}, fieldErrors(result.issues as readonly Issue[], value, type, data));
  }
}
