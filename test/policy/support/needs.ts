import { suggestBundles } from '../../../src/needs/bundling/model.ts';
import { findDuplicates } from '../../../src/needs/duplicates/model.ts';
import type { Rows } from './row.ts';

const TEXTS = ['三单元楼道灯坏了请尽快维修', '三单元楼道灯坏了请尽快维护', '楼道灯不亮希望尽快修好'];

const texts = TEXTS.map((text, at) => ({ id: String(at), text }));
const needs = TEXTS.map((publicText, at) => ({
  id: String(at),
  communityId: 'c',
  category: 'housing' as const,
  place: null,
  publicText,
  peopleAffected: 1,
  words: [],
}));

export const triage: Rows<'needs'> = {
  duplicatePercent: {
    to: 90,
    outcome: 'which needs are proposed as duplicates',
    of: ({ duplicatePercent }) => findDuplicates({ texts, block: () => '', atLeastPercent: duplicatePercent }).map(({ ids }) => ids.length),
    becomes: [[2], []],
  },
  bundlePercent: {
    to: 10,
    outcome: 'which needs are suggested for one project',
    of: ({ bundlePercent }) => suggestBundles(needs, bundlePercent).map(({ members }) => members.length),
    becomes: [[2], [3]],
  },
};
