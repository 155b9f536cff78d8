import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Client, type WorkflowHandle } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { ADVANCE_UPDATE, COMMAND_UPDATE, FACT_SIGNAL, SNAPSHOT_QUERY, workflowIdOf, type CaseSnapshot } from '../../src/cases/messages.ts';
import { tenantId } from '../../src/kernel/scope.ts';
import { addHours } from '../../src/kernel/time.ts';
import { SealingCodec } from '../../src/platform/temporal/codec.ts';
import { sealedConverter } from '../../src/platform/temporal/converter.ts';
import { PROJECT_WORKFLOW } from '../../src/projects/messages.ts';
import { declareVirtual, draftProject, startCaseBench, START, type CaseBench } from './engine.ts';

let bench: CaseBench;

beforeAll(async () => {
  bench = await startCaseBench();
  await declareVirtual(bench, tenant);
}, 180_000);

afterAll(() => bench?.stop());

const tenant = tenantId('hostile');

async function openCase(): Promise<{ readonly workflowId: string; readonly open: { readonly id: string } }> {
  const input = await draftProject(bench, tenant);
  const workflowId = workflowIdOf(tenant, input.caseId);
  const start = { type: PROJECT_WORKFLOW, workflowId, input };
  await bench.engine.gateway.open(start, COMMAND_UPDATE, input.open.id, input.open);
  return { workflowId, open: input.open };
}

/** Whoever reaches the engine without our keys, and sends these bytes whatever it is asked to send. */
function stranger(workflowId: string, payload?: Payload): WorkflowHandle {
  const { keys, temporal } = bench.engine.config;
  const ours = new SealingCodec(keys.payload);
  const codec = { encode: (own: Payload[]) => Promise.resolve(own.map((it) => payload ?? it)), decode: ours.decode.bind(ours) };
  const client = new Client({
    connection: bench.engine.client.connection,
    namespace: temporal.namespace,
    dataConverter: { ...sealedConverter(keys.payload), payloadCodecs: [codec] },
  });
  return client.workflow.getHandle(workflowId);
}

/** The sealed command as it lies in that case's history. */
async function copyOf(workflowId: string): Promise<Payload> {
  const { events } = await bench.engine.client.workflow.getHandle(workflowId).fetchHistory();
  const accepted = events?.find((event) => event.workflowExecutionUpdateAcceptedEventAttributes)?.workflowExecutionUpdateAcceptedEventAttributes;
  return accepted!.acceptedRequest!.input!.args!.payloads![0]!;
}

const snapshot = (workflowId: string): Promise<CaseSnapshot> => bench.engine.gateway.query(workflowId, SNAPSHOT_QUERY);

describe('a message to a running case', () => {
  it.each(['plain', 'copied from another case'])('is refused as an Update and dropped as a Signal when it is %s', async (how) => {
    const [mine, other] = [await openCase(), await openCase()];
    const before = await snapshot(mine.workflowId);
    const hostile = stranger(mine.workflowId, how === 'plain' ? undefined : await copyOf(other.workflowId));

    for (const update of [COMMAND_UPDATE, ADVANCE_UPDATE]) {
      const sent = hostile.executeUpdate(update, { updateId: randomUUID(), args: [{ ...other.open, id: randomUUID() }] });
      await expect(sent).rejects.toMatchObject({ cause: { type: 'PLAIN_PAYLOAD' } });
    }
    await hostile.signal(FACT_SIGNAL, { ...other.open, id: randomUUID() });

    expect(await snapshot(mine.workflowId)).toEqual(before);
    // It still hears whoever seals.
    const later = addHours(START, 1);
    await bench.engine.gateway.update(mine.workflowId, ADVANCE_UPDATE, randomUUID(), later);
    expect((await snapshot(mine.workflowId)).clock.now).toBe(later);
  }, 180_000);
});
