import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { connectClient } from '../../../src/platform/temporal/connect.ts';
import { CaseGateway } from '../../../src/platform/temporal/gateway.ts';
import { testConfig } from '../../support/config.ts';
import { temporalAddress } from '../../support/temporal.ts';

const open: (() => Promise<void>)[] = [];
let address: string;

beforeAll(async () => {
  address = await temporalAddress();
});

afterAll(async () => {
  await Promise.all(open.map((close) => close()));
});

function gatewayTo(env: Readonly<Record<string, string>>): CaseGateway {
  const client = connectClient(testConfig({ TEMPORAL_ADDRESS: address, ...env }));
  open.push(() => client.connection.close());
  return new CaseGateway(client, { taskQueue: `nobody-${randomUUID()}`, workflowTaskTimeoutMs: 3000, answerWithinMs: 700 });
}

const workflowId = `gateway/${randomUUID()}`;
const start = { type: 'microProject', workflowId, input: {} };

/** Every way of asking, each of which may be the first to notice. */
const asks: Readonly<Record<string, (gateway: CaseGateway) => Promise<unknown>>> = {
  start: (gateway) => gateway.start(start),
  open: (gateway) => gateway.open(start, 'command', randomUUID(), {}),
  update: (gateway) => gateway.update(workflowId, 'command', randomUUID(), {}),
  signal: (gateway) => gateway.signal(workflowId, 'fact', {}),
  query: (gateway) => gateway.query(workflowId, 'snapshot'),
};

const codeOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'answered',
    (error: unknown) => (error instanceof Refusal ? `${error.kind} ${error.code}` : error),
  );

describe('an engine that cannot answer may be asked again', () => {
  it.each(Object.keys(asks))('%s: nobody listens', async (name) => {
    expect(await codeOf(asks[name]!(gatewayTo({ TEMPORAL_ADDRESS: '127.0.0.1:9' })))).toBe('unavailable ENGINE_UNAVAILABLE');
  });

  it.each(Object.keys(asks))('%s: the server does not know its namespaces yet', async (name) => {
    expect(await codeOf(asks[name]!(gatewayTo({ TEMPORAL_NAMESPACE: 'not-yet' })))).toBe('unavailable ENGINE_UNAVAILABLE');
  });

  it('no worker takes the command', async () => {
    const gateway = gatewayTo({});
    await gateway.start(start);
    expect(await codeOf(asks['update']!(gateway))).toBe('unavailable ENGINE_UNAVAILABLE');
    expect(await codeOf(asks['open']!(gateway))).toBe('unavailable ENGINE_UNAVAILABLE');
  });
});

it('a case that nobody has opened does not run', async () => {
  expect(await codeOf(gatewayTo({}).update(`gateway/${randomUUID()}`, 'command', randomUUID(), {}))).toBe('state CASE_NOT_RUNNING');
});
