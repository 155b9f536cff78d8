import { parseArgs } from 'node:util';
import { TenantService } from './accounts/service.ts';
import { WallClock } from './calendar/clock.ts';
import { tenantId, tenantScope, WHOLE_TENANT } from './kernel/scope.ts';
import { openParts } from './parts.ts';
import { ConfigError, loadConfig } from './platform/config.ts';
import { newOneTimePassword } from './platform/crypto/secret.ts';
import { Database } from './platform/database/database.ts';
import { createLog } from './platform/logging.ts';
import { PolicyService } from './policy/service.ts';

const USAGE = 'usage: npm run tenant -- --id mingshan --name 名山区 --login security [--person 安全管理员]';

/**
 * A new district from inside the installation: there is no route to it (ADR 0008). Its first person holds the role
 * `securityAdministrator` and gives everybody else theirs; the one-time password is printed once and stored nowhere.
 */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { id, name, login, person } = parseArgs({ options: { id: text, name: text, login: text, person: text } }).values;
  if (!id || !name || !login) throw new Error(USAGE);
  const tenant = tenantId(id);
  const config = loadConfig(process.env);
  const parts = await openParts(config, createLog('error'), {
    applicationName: 'cobuild-tenant',
    transactionTimeoutMs: 30_000,
    answerWithinMs: 1000,
  });
  try {
    const password = newOneTimePassword();
    const roles = [{ role: 'securityAdministrator', orgPath: WHOLE_TENANT }] as const;
    const first = { login, name: person ?? login, orgPath: WHOLE_TENANT, roles, password: { text: password, oneTime: true } };
    await parts.app.get(TenantService, { strict: false }).createTenant(tenant, name, [first]);
    const at = parts.app.get(WallClock, { strict: false }).now();
    await parts.app
      .get(Database)
      .within(tenantScope(tenant), (tx) => parts.app.get(PolicyService, { strict: false }).installDefaults(tx, at));
    process.stdout.write(`${tenant}: sign in as ${login} with the one-time password ${password}\n`);
  } finally {
    await parts.close();
  }
}

main().catch((error: unknown) => {
  const message = error instanceof ConfigError || error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
});
