import { PROJECT_WORKFLOW } from '../messages.ts';

/** Opens the cases of an import. */
export const TAKE_OVER = { kind: 'microProject', starts: PROJECT_WORKFLOW } as const;

/** Ends them, where it is taken back. */
export const UNDO_TAKE_OVER = { kind: 'microProject' } as const;
