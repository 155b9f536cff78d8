import { proxyLocalActivities } from '@temporalio/workflow';

/**
 * Our own database only. While it is away the worker waits inside the activity instead of spinning through
 * workflow tasks (a stuck case once burnt 1,300 events an hour); refusals are answers, so every failure is worth a retry.
 */
export function localActivities<Activities extends object>() {
  return proxyLocalActivities<Activities>({
    startToCloseTimeout: '10s',
    localRetryThreshold: '1m',
    retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '5s' },
  });
}
