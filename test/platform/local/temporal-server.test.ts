import { describe, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { temporalAddress } from '../../support/temporal.ts';

describe('the run’s Temporal server', () => {
  it('serves the default namespace, and every file gets the same one', async () => {
    const [address, again] = await Promise.all([temporalAddress(), temporalAddress()]);
    expect(again).toBe(address);
    const connection = await Connection.connect({ address });
    const { namespaces } = await connection.workflowService.listNamespaces({});
    expect(namespaces.map((namespace) => namespace.namespaceInfo?.name)).toContain('default');
    await connection.close();
  });
});
