import { Client, Connection } from '@temporalio/client';
import type { Config } from '../config.ts';
import { sealedConverter } from './converter.ts';

export function connectClient(config: Config): Client {
  const connection = Connection.lazy({ address: config.temporal.address });
  return new Client({
    connection,
    namespace: config.temporal.namespace,
    dataConverter: sealedConverter(config.keys.payload),
  });
}
