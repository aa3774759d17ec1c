import { randomBytes, scrypt } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { Database } from '#server/platform/db/database.ts'
import { writeAreaFile, type ServiceRules } from '#core/area-file/area-file.ts'
import { NONCE_LENGTH, SALT_LENGTH, writeKeyFile } from '#core/key-file/key-file.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readProgrammeArea } from '#server/programme/postcodes/programme-area.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { FreshProof } from '#server/identity/actors/fresh-proof.ts'
import type { Wanted } from '#server/identity/approvals/approval.ts'
import { useApproval, type UseRefusal } from '#server/identity/approvals/approvals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { writeDurably } from '#server/platform/machine/durable-file.ts'
import type { Keys } from './keys.ts'
import type { SourceKey } from './key-ring.ts'

/** What an export reads: a programme's store. */
export interface ExportedStore {
  readonly pool: Database
  readonly keys: Pick<Keys, 'source'>
  readonly programme: { readonly live: boolean }
}

/** Where the two files go, and what protects the first. */
export interface ExportPlace {
  readonly keyFile: string
  readonly areaFile: string
  readonly passphrase: string
  /** Rules that go into the area file, by service; left out for none. */
  readonly rules?: ServiceRules
}

/**
 * Writes the key file of an approved request and beside it the area file, mode 0600 both and never
 * over a file that is there. What fails leaves neither file, and the approval as it was.
 */
export async function exportSource(
  store: ExportedStore,
  actor: Actor,
  reference: string,
  place: ExportPlace,
  fresh: FreshProof,
  now: Date,
): Promise<
  | { readonly ok: true }
  | UseRefusal
  | Refusal<'output-exists' | 'output-not-writable' | 'epoch-unknown'>
> {
  const written: string[] = []
  try {
    const done = await withTransaction(store.pool, async (client, giveUp) => {
      const approved = { reference, kinds: ['source-key-export'] } as const
      const used = await useApproval(client, actor, approved, fresh, now)
      if (!used.ok) return used
      const { subject, particulars, decidedBy } = used.approval
      const key = store.keys.source.find(
        ({ epoch, check }) => String(epoch) === subject && check === particulars['sourceKey'],
      )
      if (key === undefined) return giveUp(refuse('epoch-unknown'))
      for (const [path, bytes] of await makeFiles(store, key, place)) {
        const refused = await writeNew(path, bytes)
        if (refused !== undefined) return giveUp(refuse(refused))
        written.push(path)
      }
      await appendAudit(client, {
        actor: actor.userId,
        event: 'key.exported',
        subject: used.approval.reference,
        detail: { epoch: key.epoch, sourceKey: key.check, approvedBy: decidedBy },
      })
      return { ok: true as const }
    })
    if (done.ok) written.length = 0
    return done
  } finally {
    for (const path of written) await rm(path, { force: true })
  }
}

/** What is asked for when a source key is to leave, but for the reason. */
export function exportWanted({ epoch, check }: SourceKey): Omit<Wanted, 'reason'> {
  return {
    ...{ kind: 'source-key-export', subject: String(epoch), providerCode: null },
    particulars: { epoch, sourceKey: check },
  }
}

async function makeFiles(
  store: ExportedStore,
  source: SourceKey,
  place: ExportPlace,
): Promise<readonly (readonly [string, Uint8Array])[]> {
  const keyFile = await writeKeyFile(
    {
      key: source.key,
      live: store.programme.live,
      passphrase: place.passphrase,
      salt: new Uint8Array(randomBytes(SALT_LENGTH)),
      nonce: new Uint8Array(randomBytes(NONCE_LENGTH)),
    },
    { subtle: crypto.subtle, scrypt },
  )
  return [
    [place.keyFile, new TextEncoder().encode(keyFile)],
    [place.areaFile, await makeAreaFile(store.pool, source, place.rules)],
  ]
}

/** The area file of a programme under one of its source keys, with rules for some services. */
export async function makeAreaFile(
  database: Database,
  source: SourceKey,
  rules?: ServiceRules,
): Promise<Uint8Array> {
  const { area, postcodes } = await readProgrammeArea(database)
  const engine = createHmacEngine()
  try {
    const withRules = rules === undefined ? area : { ...area, rules }
    return writeAreaFile(withRules, postcodes, engine.prepareKey(source.key))
  } finally {
    engine.dispose()
  }
}

/** Writes a file that is not there yet; or answers why not. */
async function writeNew(
  path: string,
  bytes: Uint8Array,
): Promise<'output-exists' | 'output-not-writable' | undefined> {
  try {
    const temporary = `${path}.${randomBytes(6).toString('hex')}`
    const isNew = await writeDurably(path, [bytes], { temporary, onlyNew: true })
    return isNew ? undefined : 'output-exists'
  } catch {
    return 'output-not-writable'
  }
}
