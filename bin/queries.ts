import { mkdtemp, rm, writeFile, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '#server/platform/db/migrate.ts'
import { projectFolder } from '#server/platform/machine/project-folder.ts'
import { openEmbedded } from '#standalone/postgres/embedded.ts'
import { describeQueries } from './queries/describe-queries.ts'

/**
 * `npm run queries`: makes lib/server/platform/db/query-types.ts from prisma/sql and a database
 * migrated for it.
 */

const file = join(projectFolder('lib'), 'server/platform/db/query-types.ts')
const folder = await mkdtemp(join(tmpdir(), 'countonce-queries-'))
// mkdtemp makes it private; as root, PostgreSQL's user must pass through.
await chmod(folder, 0o711)
const database = await openEmbedded({ dataDir: join(folder, 'data') })
try {
  await migrate(database.url)
  const { text, failures } = await describe(database.url)
  await writeFile(file, text)
  process.stdout.write(`made ${file}\n`)
  for (const failure of failures) process.stderr.write(`not described: ${failure}\n`)
  process.exitCode = failures.length === 0 ? 0 : 1
} finally {
  await database.close()
  await rm(folder, { recursive: true, force: true })
}

async function describe(url: string): ReturnType<typeof describeQueries> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await describeQueries(client)
  } finally {
    await client.end()
  }
}
