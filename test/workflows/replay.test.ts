import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from '@temporalio/worker';
import * as workflows from '../../workflows/index.ts';
import { sealedConverter } from '../../src/platform/temporal/converter.ts';
import { testConfig } from '../support/config.ts';
import { recorded, type Recorded } from '../support/histories.ts';
import { HISTORY_KEYS } from '../support/history-keys.ts';
import { runFolder } from '../support/run.ts';
import { workflowBundle } from '../support/temporal.ts';

const histories = recorded();
const dataConverter = sealedConverter(testConfig({ PAYLOAD_KEYS: HISTORY_KEYS }).keys.payload);

let bundle: { code: string };

beforeAll(async () => {
  bundle = { code: readFileSync(await workflowBundle(), 'utf8') };
});

const replay = ({ history, workflowId }: Recorded, workflowBundleOption = bundle, converter = dataConverter): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle: workflowBundleOption, dataConverter: converter }, history as never, workflowId);

interface Started {
  readonly events?: readonly { readonly workflowExecutionStartedEventAttributes?: { readonly workflowType?: { readonly name?: string } } }[];
}

const typeOf = ({ history }: Recorded): string | undefined =>
  (history as Started).events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name;

describe('recorded histories', () => {
  it('exist of every workflow type', () => {
    expect([...new Set(histories.map(typeOf))].sort()).toEqual(Object.keys(workflows).sort());
  });

  it.each(histories)('replay: $name', async (one) => {
    await expect(replay(one)).resolves.toBeUndefined();
  });

  it('replay under a newer key as long as theirs is kept, and not without it', async () => {
    const one = histories.find((candidate) => typeOf(candidate) === 'microProject')!;
    const converter = (...keys: readonly string[]) => sealedConverter(testConfig({ PAYLOAD_KEYS: keys.join(';') }).keys.payload);
    const newer = `rotated:${randomBytes(32).toString('base64')}`;
    await expect(replay(one, bundle, converter(newer, HISTORY_KEYS))).resolves.toBeUndefined();
    await expect(replay(one, bundle, converter(newer))).rejects.toThrow(/./);
  });

  it('do not replay on a workflow that was changed', async () => {
    const target = join(runFolder(), 'broken-bundle.js');
    const entry = join(process.cwd(), 'test/support/broken/index.ts');
    await promisify(execFile)(process.execPath, [join(process.cwd(), 'tools/bundle.mjs'), entry, target, join(process.cwd(), 'src')], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const broken = { code: readFileSync(target, 'utf8') };
    const project = histories.find((one) => typeOf(one) === 'microProject')!;
    // The reason itself is sealed like every failure; the very same history replays on the unchanged code above.
    await expect(replay(project, broken)).rejects.toThrow(/^Replay failed/);
  });
});
