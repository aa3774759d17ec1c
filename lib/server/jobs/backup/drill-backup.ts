import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { readAnchors } from '#server/identity/audit/read-anchors.ts'
import { verifyChain } from '#server/identity/audit/verify-audit.ts'
import { openAnchorPlace } from '#server/jobs/anchoring/anchor-place.ts'
import { openPool, withTransaction } from '#server/platform/db/pool.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { openDatabase } from '#server/platform/opening/open-database.ts'
import type { Store } from '#server/store/store.ts'
import { restoreBackup, type BackupFile, type Restored } from './restore-backup.ts'

/** What a drill found. */
export interface Drilled extends Restored {
  /** Entries of the audit trail that were checked, and anchors that they were held against. */
  readonly entries: number
  readonly anchors: number
}

/**
 * A drill: restores a backup into a database of its own on this machine, holds every table against
 * what the backup says of it and the audit trail against its anchors, and takes that database away.
 * That it passed is an entry of the programme's own trail. Throws as restoreBackup, and
 * `backup-trail` when the trail in it is not whole.
 */
export async function drillBackup(
  store: Pick<Store, 'pool' | 'dataDir' | 'env'>,
  backup: BackupFile,
): Promise<Drilled> {
  const dataDir = await mkdtemp(join(tmpdir(), 'countonce-drill-'))
  // Where root runs this, PostgreSQL's own user must reach its folder.
  await chmod(dataDir, 0o711)
  const place = { dataDir, env: {} }
  try {
    const database = await openDatabase(place)
    try {
      const restored = await restoreBackup({ ...place, url: database.url, stops: store }, backup)
      const checked = await checkTrail(database.url, place, backup)
      await withTransaction(store.pool, (client) =>
        appendAudit(client, {
          ...{ actor: 'operator', event: 'backup.tested', subject: '' },
          detail: { madeAt: restored.madeAt, rows: restored.rows },
        }),
      )
      return { ...restored, ...checked }
    } finally {
      await database.close()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function checkTrail(
  url: string,
  place: Pick<Store, 'dataDir' | 'env'>,
  { signer }: BackupFile,
): Promise<Pick<Drilled, 'entries' | 'anchors'>> {
  const pool = openPool(url, { max: 2 })
  try {
    const { anchors, flaw } = await readAnchors(await openAnchorPlace(place), signer)
    const chain = await verifyChain(pool, anchors)
    if (flaw !== null || chain.flaw !== null) throw new Fault('backup-trail')
    return { entries: chain.entries, anchors: anchors.length }
  } finally {
    await pool.end()
  }
}
