import { createHash, verify, type KeyObject } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import { from } from 'pg-copy-streams'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { databaseFault, isDatabaseError } from '#server/platform/db/database-fault.ts'
import { migrate } from '#server/platform/db/migrate.ts'
import { openPool, withTransaction } from '#server/platform/db/pool.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { demandQueues } from '#server/platform/queue/send-job.ts'
import type { KeyPair } from '#server/platform/secrets/key-agreement.ts'
import { openAnchorPlace } from '#server/jobs/anchoring/anchor-place.ts'
import { applyKeptExtracts, hasKeptExtracts } from '#server/figures/extracts/kept-extracts.ts'
import { applyKeptStops, hasKeptStops } from '#server/jobs/carrying-out/kept-stops.ts'
import { openKeys } from '#server/keys/keys.ts'
import { findStopKey } from '#server/keys/stop-key.ts'
import { findProgramme } from '#server/programme/register/read-programme.ts'
import type { StorePlace } from '#server/store/store.ts'
import { manifestForm, type Frame, type Manifest } from './backup-form.ts'
import { writeAlike } from './backup-tables.ts'
import { openBackup } from './open-backup.ts'
import { writeLanguageFiles, type KeptSettings } from './kept-settings.ts'
import { sendJobsAgain } from './send-again.ts'

/** A backup, and what opens it and shows whose it is. */
export interface BackupFile {
  readonly path: string
  readonly key: KeyPair
  /** The public key of whoever signed it: that of the programme's anchors. */
  readonly signer: KeyObject
}

/** What a restored database holds. */
export interface Restored {
  readonly programme: string
  readonly madeAt: string
  readonly tables: number
  readonly rows: number
  /** What the programme was set up with then; nothing sets it again. */
  readonly settings: KeptSettings
  /** Requests of people that were carried out after the backup, and were applied to it. */
  readonly stopped: number
  /** Extracts that researchers were given after the backup, and that it is told of. */
  readonly extracts: number
  /** Such extracts whose project's key is not there, so that nothing of them is known: it was destroyed, or is not back yet. */
  readonly closedExtracts: number
}

/** Where the stop-list is noted, and the keys that open it. */
type StopsPlace = Pick<StorePlace, 'dataDir' | 'env'>

/**
 * Puts a backup into the empty database at `url`, all of it or nothing: tables as they were made
 * then, rows, sequences; compares each table with what the backup says of it, appends to the audit
 * trail that this was done, and brings the tables to their present structure. Anchors that are not
 * there yet are written, as are its files of other languages. Who asked to be left out since then is taken out.
 * Until all of that is done nobody opens what is there: one that is stopped is begun again elsewhere. Throws
 * `restore-not-empty`, `restore-unfinished`, `restore-structure` and the faults of a backup that cannot be believed.
 */
export async function restoreBackup(
  place: StorePlace & { readonly url: string; readonly stops?: StopsPlace },
  backup: BackupFile,
): Promise<Restored> {
  const manifest = await readManifest(backup)
  const notes = place.stops ?? place
  // Before anything is loaded, so that what is there without them is not what somebody starts.
  if ((await hasKeptStops(notes)) && (await findStopKey(notes)) === undefined)
    throw new Fault('keys-missing', { what: 'stop-list' })
  const pool = openPool(place.url, { max: 2 })
  try {
    await demandEmpty(pool)
    const last = manifest.migrations.at(-1)?.name
    await migrate(place.url, { until: last })
    const anchors = await withTransaction(pool, (client) => load(client, manifest, backup))
    await migrate(place.url)
    const heard = await hearNotes(pool, notes)
    const there = await openAnchorPlace(place)
    for (const { name, bytes } of anchors) await there.create(name, bytes)
    await writeLanguageFiles(place.dataDir, manifest.languages ?? [])
    await demandQueues(pool)
    await withTransaction(pool, async (client) => {
      await sendJobsAgain(client)
      await run(client, 'backup/end-restore', [])
    })
    const rows = manifest.tables.reduce((sum, table) => sum + Number(table.rows), 0)
    const { programme, madeAt, tables, settings = {} } = manifest
    return { programme, madeAt, tables: tables.length, rows, settings, ...heard }
  } finally {
    await pool.end()
  }
}

/**
 * Who was erased, objected or is restricted since the backup was made leaves it before anything else is
 * done with it, and what researchers were given since is written down again. Throws `keys-missing`
 * where that is noted and the keys are not back yet.
 */
async function hearNotes(
  pool: pg.Pool,
  { dataDir, env }: StopsPlace,
): Promise<Pick<Restored, 'stopped' | 'extracts' | 'closedExtracts'>> {
  const place = { dataDir, env }
  if (!(await hasKeptStops(place)) && !(await hasKeptExtracts(place))) {
    return { stopped: 0, extracts: 0, closedExtracts: 0 }
  }
  const { live, purpose } = await runForRow(pool, 'programme/read-programme', [])
  const keys = await openKeys({ dataDir, env, live, purpose })
  return withTransaction(pool, async (client) => {
    // First: who leaves is named to whoever was given them.
    const { applied, closed } = await applyKeptExtracts(client, place, new Date())
    const stopped = await applyKeptStops(client, { keys, ...place })
    return { stopped, extracts: applied, closedExtracts: closed }
  })
}

async function readManifest({ path, key }: BackupFile): Promise<Manifest> {
  for await (const { kind, bytes } of openBackup(path, key)) {
    const read = kind === 'm' ? manifestForm.safeParse(parsed(bytes)) : undefined
    if (read?.success !== true) throw new Fault('backup-damaged')
    return read.data
  }
  throw new Fault('backup-damaged')
}

/** What somebody else's JSON says; nothing where it is none, whose error would quote it. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}

async function demandEmpty(pool: pg.Pool): Promise<void> {
  const { begun } = await runForRow(pool, 'backup/is-begun', [])
  if (!begun) return
  if ((await findProgramme(pool)) !== undefined) throw new Fault('restore-not-empty')
}

interface AnchorFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Loads every table and holds it against the manifest; answers the anchors. */
async function load(
  client: pg.ClientBase,
  manifest: Manifest,
  backup: BackupFile,
): Promise<readonly AnchorFile[]> {
  await demandStructure(client, manifest)
  await writeAlike(client)
  const tables = await run(client, 'backup/list-tables', [])
  // Its signature comes last: until then it may name what it likes.
  const known = new Set(tables.map(({ name }) => name))
  if (manifest.tables.some(({ name }) => !known.has(name))) throw new Fault('backup-damaged')
  for (const { name } of tables) await run(client, 'backup/hold-table', [], { table: name })
  await run(client, 'tables/truncate', [], { tables: tables.map(({ name }) => name).join(', ') })
  const anchors = await loadFrames(client, manifest, backup)
  for (const { name, last } of manifest.sequences) {
    await run(client, 'backup/set-sequence', [name, last ?? '1', last !== null])
  }
  for (const { name, rows, digest } of manifest.tables) {
    const held = await runForRow(client, 'backup/digest-table', [], { table: name })
    if (held.rows !== rows || held.digest !== digest) throw new Fault('backup-damaged', { name })
  }
  for (const { name, isForced } of tables) {
    await run(client, 'backup/let-go', [], { table: name })
    if (isForced) await run(client, 'backup/force-policies', [], { table: name })
  }
  await run(client, 'backup/begin-restore', [])
  await appendAudit(client, {
    ...{ actor: 'operator', event: 'backup.restored', subject: '' },
    detail: { madeAt: manifest.madeAt, tables: manifest.tables.length },
  })
  return anchors
}

/** Throws `restore-structure` when the tables are not those of the backup. */
async function demandStructure(client: pg.ClientBase, { migrations }: Manifest): Promise<void> {
  const applied = await run(client, 'migrations/list-applied', [])
  const isSame =
    applied.length === migrations.length &&
    applied.every(({ name, checksum }, at) => {
      const there = migrations[at]
      return there?.name === name && there.checksum === checksum
    })
  if (!isSame) throw new Fault('restore-structure')
}

async function loadFrames(
  client: pg.ClientBase,
  manifest: Manifest,
  { path, key, signer }: BackupFile,
): Promise<readonly AnchorFile[]> {
  const { tables } = manifest
  const frames = openBackup(path, key)
  const hash = createHash('sha256')
  const anchors: AnchorFile[] = []
  const take = async (): Promise<Frame> => {
    const { value, done } = await frames.next()
    if (done === true) throw new Fault('backup-damaged')
    if (value.kind !== 's') hash.update(value.whole)
    return value
  }
  try {
    // The file is opened a second time here: what was signed is what was believed.
    if (!isDeepStrictEqual(parsed((await take()).bytes), manifest))
      throw new Fault('backup-damaged')
    for (const { name, columns } of tables) {
      await copyInto(client, `${name} (${columns.join(', ')})`, rowsOf(take))
    }
    for (;;) {
      const { kind, bytes } = await take()
      if (kind === 'a') anchors.push(readAnchorFile(bytes))
      else {
        const isGenuine = kind === 's' && verify(null, hash.digest(), signer, bytes)
        if (!isGenuine) throw new Fault('backup-unsigned')
        if ((await frames.next()).done !== true) throw new Fault('backup-damaged')
        return anchors
      }
    }
  } finally {
    await frames.return()
  }
}

/** The rows of one table, to its end. */
async function* rowsOf(take: () => Promise<Frame>): AsyncGenerator<Buffer, void, undefined> {
  for (;;) {
    const { kind, bytes } = await take()
    if (kind === 'e') return
    if (kind !== 'r') throw new Fault('backup-damaged')
    yield bytes
  }
}

function readAnchorFile(bytes: Buffer): AnchorFile {
  const end = bytes.indexOf(0)
  const name = bytes.toString('utf8', 0, Math.max(0, end))
  if (!/^[a-z0-9.-]+$/.test(name)) throw new Fault('backup-damaged')
  return { name, bytes: bytes.subarray(end + 1) }
}

async function copyInto(
  client: pg.ClientBase,
  target: string,
  rows: AsyncIterable<Buffer>,
): Promise<void> {
  try {
    await pipeline(Readable.from(rows), client.query(from(`copy ${target} from stdin`)))
  } catch (error) {
    throw isDatabaseError(error) ? databaseFault(error) : error
  }
}
