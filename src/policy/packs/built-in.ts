import type { PackDefinition, PolicyKind } from '../model.ts';
import { award } from './award.ts';
import { evaluation } from './evaluation.ts';
import { files } from './files.ts';
import { matching } from './matching.ts';
import { microProject } from './micro-project.ts';
import { needs } from './needs.ts';
import { unitPoints } from './points.ts';
import { quarter } from './quarter.ts';
import { rights } from './rights.ts';
import { retention } from './retention.ts';
import { survey } from './survey.ts';

export const builtInPacks: { readonly [Kind in PolicyKind]: PackDefinition<Kind> } = {
  microProject,
  quarter,
  matching,
  evaluation,
  award,
  points: unitPoints,
  needs,
  survey,
  files,
  rights,
  retention,
};
