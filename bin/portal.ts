import { resolve } from 'node:path'
import { findBuild } from '#server/portal/serving/build-portal.ts'
import { startPortal } from '#server/portal/serving/start-portal.ts'
import { refuseCoreDumps } from '#server/platform/machine/core-dumps.ts'
import { say } from './terminal.ts'
import { sayFault } from './with-store.ts'

/**
 * A portal alone, as in a container: `node bin/portal.ts`, with COUNTONCE_DATA, PORT and the settings of
 * .env.example. Its pages are built already (`npm run build`): it never builds them, since a container's folder is
 * only read, and refuses where they are not. PORTAL_, EXACT_, AUDIT_ and
 * READER_DATABASE_URL name its logins; without them DATABASE_URL is the owner's, who makes them ready.
 */

await refuseCoreDumps()
try {
  const build = await findBuild()
  const portal = await startPortal({
    build,
    databaseUrl: process.env['DATABASE_URL'] ?? '',
    dataDir: resolve(process.env['COUNTONCE_DATA'] ?? '.data'),
    env: process.env,
    port: Number(process.env['PORT'] ?? '3000'),
    host: process.env['COUNTONCE_HOST'] ?? '0.0.0.0',
    onNotice: say,
  })
  say(`portal ${portal.origin}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void portal.stop())
  }
  await portal.ended
} catch (error) {
  process.exitCode = sayFault(error)
}
