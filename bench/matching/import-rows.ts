import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { TenantService } from '../../src/accounts/service.ts';
import { UnitService } from '../../src/accounts/units/service.ts';
import { tenantId, tenantScope } from '../../src/kernel/scope.ts';
import { instantFromMs, localDate } from '../../src/kernel/time.ts';
import { ImportCommands } from '../../src/needs/imports/commands.ts';
import { openParts, type Parts } from '../../src/parts.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { Database } from '../../src/platform/database/database.ts';
import { serverAccount } from '../../src/platform/local/account.ts';
import { freePort } from '../../src/platform/local/ports.ts';
import { initialise, type Cluster } from '../../src/platform/local/postgres.ts';
import { postgresService } from '../../src/platform/local/services.ts';
import { Supervisor } from '../../src/platform/local/supervisor.ts';
import { prepareDatabase, trialKeys } from '../../src/platform/local/trial-database.ts';
import { createLog } from '../../src/platform/logging.ts';
import { readSheets } from '../../src/platform/tables/read.ts';
import { writeXlsx } from '../../src/platform/tables/write.ts';
import { migrations } from '../../src/schema.ts';

export interface ImportFigures {
  readonly rows: number;
  /** From the bytes of the workbook to the commit. */
  readonly seconds: number;
  /** Highest resident memory above that before, in MiB. */
  readonly peakMb: number;
  /** How long others waited for their turn meanwhile, in ms. */
  readonly eventLoopP99Ms: number;
  readonly eventLoopMaxMs: number;
}

const SAMPLE_EVERY_MS = 20;
const HEADINGS = ['需求编号', '社区', '需求内容', '类别', '紧急程度', '涉及人数', '登记日期', '居民原话', '姓名', '电话', '同意方式'];
const PLACES = ['桂花苑', '老车站家属院', '北街', '茶厂宿舍', '滨河路', '农机小区', '工会大院', '供销社楼', '梧桐里', '粮站后巷', '新华巷', '东门口', '水务局院'];
const MATTERS = ['楼道灯不亮', '下水道堵塞', '路面坑洼积水', '停车占了消防通道', '老人没有地方吃饭', '孩子放学没人看管', '健身器材坏了', '垃圾清运不及时', '楼道需要扶手', '屋顶漏雨', '缺少晾衣架'];
const SINCE = ['入冬以后更明显', '已经有大半年', '上个月开始', '每逢下雨就这样', '夜里尤其严重', '周末人多的时候', '隔壁单元也一样', '去年修过一次', '几户人家都说起', '收水费的师傅也看到', '开春以来', '搬来时就有'];
const WISHES = ['希望尽快修好', '想请人来看看', '盼着装一个新的', '愿意一起出力', '已经反映过两次', '出行不安全', '希望有志愿者帮忙', '大家可以凑一点钱', '能不能列入今年计划', '请物业牵头', '最好在国庆前办好'];
const KINDS = ['一老', '行', '吃', '环境', '一小'];

/** The same text for the same row in every run; rows differ as much as what people write. */
function textOf(index: number): string {
  let state = index + 1;
  const pick = (texts: readonly string[]): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return texts[(state >>> 8) % texts.length]!;
  };
  return `${pick(PLACES)}${(index % 40) + 1}号院${pick(MATTERS)}，${pick(SINCE)}，${pick(SINCE)}，${pick(WISHES)}，${pick(WISHES)}（示例）`;
}

function workbookOf(rows: number): Promise<Buffer> {
  return writeXlsx({
    headings: HEADINGS,
    rows: Array.from({ length: rows }, (_, index) => {
      const spoken = index % 3 === 0 ? ['老人腿脚不好（示例）', '示例居民', `1390000${String(index % 10_000).padStart(4, '0')}`, '口头'] : ['', '', '', ''];
      return [`B-${index}`, '示例社区', textOf(index), KINDS[index % KINDS.length]!, '一般', String((index % 90) + 1), `2026.${(index % 9) + 1}.${(index % 28) + 1}`, ...spoken];
    }),
  });
}

/** A need list taken as the API takes it, in this process, on a throw-away PostgreSQL that writes through to disk. */
export async function measureImport(rows = 10_000): Promise<ImportFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'cobuild-bench-import-'));
  // PostgreSQL may run as another user than we do.
  await chmod(folder, 0o711);
  const supervisor = new Supervisor({ say: () => undefined, record: () => undefined });
  let parts: Parts | undefined;
  try {
    const password = randomBytes(18).toString('base64url');
    const cluster: Cluster = { folder: join(folder, 'postgres'), port: await freePort(), account: serverAccount(), settings: { shared_buffers: '256MB' } };
    await initialise(cluster, password);
    await supervisor.add(postgresService(cluster));
    const { url } = await prepareDatabase(cluster, password, migrations);
    parts = await openParts(configFor(url), createLog('warn'), {
      applicationName: 'cobuild-bench',
      transactionTimeoutMs: 120_000,
      answerWithinMs: 30_000,
    });
    return await imported(parts, await workbookOf(rows), rows);
  } finally {
    await parts?.close();
    await supervisor.stopAll();
    await rm(folder, { recursive: true, force: true });
  }
}

/** No case is opened here, so nobody listens at Temporal's address. */
function configFor(url: string) {
  return loadConfig({
    NODE_ENV: 'development',
    ORIGINS: 'http://127.0.0.1',
    DATABASE_URL: url,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    ...trialKeys(),
  });
}

async function imported({ app }: Parts, bytes: Buffer, rows: number): Promise<ImportFigures> {
  const at = instantFromMs(Date.now());
  const tenant = tenantId('bench-import');
  await app.get(TenantService, { strict: false }).createTenant(tenant, '示例区', []);
  const database = app.get(Database);
  const units = [
    { code: 'office', name: '示例街道', kind: 'subdistrictOffice' as const },
    { code: 'xc', name: '示例社区', kind: 'community' as const },
  ];
  await database.within(tenantScope(tenant), (tx) =>
    app.get(UnitService, { strict: false }).registerUnits(tx, units, { commandId: randomUUID(), at, joinedOn: localDate('2026-01-01') }),
  );
  const idle = process.memoryUsage.rss();
  let peak = idle;
  const sampler = setInterval(() => void (peak = Math.max(peak, process.memoryUsage.rss())), SAMPLE_EVERY_MS);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begun = performance.now();
  const tables = await readSheets(bytes);
  const report = await database.within(tenantScope(tenant), (tx) =>
    app.get(ImportCommands, { strict: false }).take(tx, 'needs', { tables, bytes }, {}, { commandId: randomUUID(), at }),
  );
  const seconds = (performance.now() - begun) / 1000;
  delay.disable();
  clearInterval(sampler);
  if (report.taken !== rows) throw new Error(`${report.taken} of ${rows} rows were taken`);
  const rounded = (value: number): number => Math.round(value * 10) / 10;
  return {
    rows,
    seconds: rounded(seconds),
    peakMb: Math.round((peak - idle) / 1024 / 1024),
    eventLoopP99Ms: rounded(delay.percentile(99) / 1e6),
    eventLoopMaxMs: rounded(delay.max / 1e6),
  };
}
