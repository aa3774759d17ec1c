import { createHash, sign, type Hash } from 'node:crypto'
import { dirname } from 'node:path'
import { mkdir } from 'node:fs/promises'
import type pg from 'pg'
import { to } from 'pg-copy-streams'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { openAnchorKey } from '#server/keys/anchor-key.ts'
import { databaseFault, isDatabaseError } from '#server/platform/db/database-fault.ts'
import { withSnapshot, withTransaction } from '#server/platform/db/pool.ts'
import { queryText } from '#server/platform/db/queries.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { writeDurably } from '#server/platform/machine/durable-file.ts'
import { agreeWith } from '#server/platform/secrets/key-agreement.ts'
import { encryptFile } from '#server/platform/storage/file-encryption.ts'
import type { OnceWritten } from '#server/platform/storage/once-written.ts'
import { openAnchorPlace } from '#server/jobs/anchoring/anchor-place.ts'
import type { Store } from '#server/store/store.ts'
import {
  CHECKING,
  MAGIC,
  SEALING,
  writeFrame,
  type FrameKind,
  type Manifest,
} from './backup-form.ts'
import { keptSettings, readLanguageFiles } from './kept-settings.ts'
import { listBackupTables, writeAlike, type BackupTable } from './backup-tables.ts'

/** A backup that was made. */
export interface BackupMade {
  readonly tables: number
  readonly rows: number
}

/**
 * Writes what a programme's database holds at one moment, with the anchors of its audit trail and what it is set up with, into
 * a new file that only the private half of `recipient` opens; the audit trail has it. Keys and held
 * files are in none. Throws `backup-exists`, `backup-restricted` (who is signed in sees only a part)
 * and faults of the database and the disk; then there is no file.
 */
export async function makeBackup(
  store: Pick<Store, 'pool' | 'dataDir' | 'env'>,
  { path, recipient }: { readonly path: string; readonly recipient: Uint8Array },
  now: Date,
): Promise<BackupMade> {
  const { key } = await openAnchorKey(store)
  const place = await openAnchorPlace(store)
  await mkdir(dirname(path), { recursive: true })
  const made = await withSnapshot(store.pool, async (client) => {
    const { manifest, tables } = await takeStock(client, store, now)
    const frames = signed(frameAll(client, { manifest, tables, place }), (digest) =>
      sign(null, digest, key),
    )
    const isNew = await writeDurably(path, seal(recipient, frames), {
      ...{ temporary: `${path}.part`, onlyNew: true },
    })
    if (!isNew) throw new Fault('backup-exists')
    const rows = manifest.tables.reduce((sum, table) => sum + Number(table.rows), 0)
    return { tables: tables.length, rows }
  })
  await withTransaction(store.pool, (client) =>
    appendAudit(client, {
      ...{ actor: 'operator', event: 'backup.made', subject: '' },
      detail: { tables: made.tables, rows: made.rows },
    }),
  )
  return made
}

interface Stock {
  readonly manifest: Manifest
  readonly tables: readonly BackupTable[]
}

/** What there is to copy, and what it comes to. */
async function takeStock(
  client: pg.ClientBase,
  { dataDir, env }: Pick<Store, 'dataDir' | 'env'>,
  now: Date,
): Promise<Stock> {
  const { may } = await runForRow(client, 'backup/may-read-all', [])
  if (!may) throw new Fault('backup-restricted')
  await writeAlike(client)
  const [programme] = await run(client, 'programme/read-programme', [])
  if (programme === undefined) throw new Fault('programme-missing')
  const tables = await listBackupTables(client)
  const held: Manifest['tables'] = []
  for (const { name, columns } of tables) {
    const digest = await runForRow(client, 'backup/digest-table', [], { table: name })
    held.push({ name, columns: [...columns], ...digest })
  }
  const migrations = await run(client, 'migrations/list-applied', [])
  const sequences = await run(client, 'backup/list-sequences', [])
  const manifest: Manifest = {
    ...{ format: 'countonce-backup-1', madeAt: now.toISOString(), programme: programme.code },
    migrations: migrations.map(({ name, checksum }) => ({ name, checksum })),
    tables: held,
    sequences: sequences.map(({ name, last }) => ({ name, last })),
    settings: keptSettings(env),
    languages: [...(await readLanguageFiles(dataDir))],
  }
  return { manifest, tables }
}

interface ToFrame extends Stock {
  readonly place: OnceWritten
}

async function* frameAll(
  client: pg.ClientBase,
  { manifest, tables, place }: ToFrame,
): AsyncGenerator<Buffer, void, undefined> {
  yield writeFrame('m', Buffer.from(JSON.stringify(manifest)))
  for (const table of tables) {
    for await (const piece of copyTable(client, table)) yield writeFrame('r', piece)
    yield writeFrame('e', Buffer.alloc(0))
  }
  for (const name of await place.names()) {
    const bytes = (await place.read(name)) ?? new Uint8Array()
    yield writeFrame('a', Buffer.concat([Buffer.from(`${name}\0`), bytes]))
  }
}

async function* copyTable(
  client: pg.ClientBase,
  { name, columns }: BackupTable,
): AsyncGenerator<Buffer, void, undefined> {
  const rows = queryText('backup/rows-of-table', { table: name, columns: columns.join(', ') })
  const copy = client.query(to(`copy (${rows}) to stdout`))
  try {
    yield* copy as AsyncIterable<Buffer>
  } catch (error) {
    throw isDatabaseError(error) ? databaseFault(error) : error
  }
}

/** Frames, and the signature of all of them behind the last. */
async function* signed(
  frames: AsyncIterable<Buffer>,
  signature: (digest: Buffer) => Buffer,
): AsyncGenerator<Buffer, void, undefined> {
  const hash: Hash = createHash('sha256')
  for await (const frame of frames) {
    hash.update(frame)
    yield frame
  }
  const last: FrameKind = 's'
  yield writeFrame(last, signature(hash.digest()))
}

async function* seal(
  recipient: Uint8Array,
  frames: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void, undefined> {
  const agreed = agreeWith(recipient)
  const { once } = agreed
  yield Buffer.concat([MAGIC, once, agreed.keyFor(CHECKING)])
  yield* encryptFile(agreed.keyFor(SEALING), fileId(once), frames)
}

/** What chunks of a backup are bound to: the first half of what its secret was agreed with, hex. */
export function fileId(once: Uint8Array): string {
  return Buffer.from(once.subarray(0, 16)).toString('hex')
}
