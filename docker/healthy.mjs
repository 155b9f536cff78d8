// node healthy.mjs api|worker: exit code 0 when this container does its work.
import { hostname } from 'node:os';

/** A long poll lasts a minute; a worker that asked within two is alive. */
const RECENT_MS = 120_000;

async function api() {
  const answer = await fetch(`http://127.0.0.1:${process.env.PORT || 3000}/api/health/ready`, {
    signal: AbortSignal.timeout(4000),
  });
  return answer.ok;
}

async function worker() {
  const { Connection } = await import('@temporalio/client');
  const connection = await Connection.connect({ address: process.env.TEMPORAL_ADDRESS, connectTimeout: '4s' });
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace: process.env.TEMPORAL_NAMESPACE || 'default',
    taskQueue: { name: process.env.TEMPORAL_TASK_QUEUE || 'cobuild' },
    taskQueueType: 1,
  });
  await connection.close();
  return pollers.some(
    ({ identity, lastAccessTime }) =>
      identity.endsWith(`@${hostname()}`) && Date.now() - Number(lastAccessTime.seconds) * 1000 < RECENT_MS,
  );
}

try {
  process.exitCode = (await { api, worker }[process.argv[2]]()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
