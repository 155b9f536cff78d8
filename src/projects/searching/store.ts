import { Injectable } from '@nestjs/common';
import { wordSource } from '../../platform/database/word-source.ts';

@Injectable()
export class ProjectWords {
  readonly sources = [
    wordSource('project', 'project r JOIN needs_proposal q ON q.tenant_id = r.tenant_id AND q.id = r.proposal_id', "concat_ws(E'\\n', q.title, q.description)"),
  ];
}
