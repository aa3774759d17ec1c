import type { Manifest } from '#core/hashed-file/manifest.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { Fault, refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { whyShownNotCovered } from '#server/programme/register/agreement-cover.ts'
import { listKnownWards } from '#server/programme/postcodes/programme-area.ts'
import { readFile } from '#server/intake/reading/read-file.ts'
import type { ReadingCode } from '#server/intake/reading/reading-end.ts'
import type { HashedPart, KeptManifest } from '#server/intake/reading/reading-task.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { furtherOfManifest } from '#server/intake/held-files/further-file.ts'
import { heldSource } from '#server/intake/held-files/held-file.ts'
import { shownIn } from '#server/intake/outcomes/shown-in-file.ts'
import { scanHeldFile } from '#server/intake/held-files/scan-file.ts'
import type { FileToRecord } from '#server/intake/submissions/receive-submission.ts'
import { eraseSent, type SentData, type SentFiles } from './sent-files.ts'
import {
  verifyManifest,
  type HashedDestination,
  type ManifestCode,
  type VerifiedManifest,
} from './verify-manifest.ts'

/**
 * Why hashed files are not taken: a code with its words in a catalogue, and row and column where it
 * is about a cell.
 */
export type HashedRefusal = Refusal<ManifestCode | ReadingCode>

/**
 * Verifies hashed files that lie in the store: their manifests, that each belongs to its file, and
 * every cell of every line. What is refused is erased, without a record of it; the audit log says
 * that somebody was refused and the code of the reason.
 */
export async function takeHashedFiles(
  store: ProgrammeStore,
  destination: HashedDestination,
  sent: SentFiles,
  actor: string,
): Promise<{ readonly ok: true; readonly stored: FileToRecord } | HashedRefusal> {
  let isTaken = false
  try {
    const taken = await verifyFiles(store, destination, sent)
    isTaken = taken.ok
    if (!taken.ok) await auditRefusal(store, destination, actor, taken.code)
    return taken
  } finally {
    if (!isTaken) await eraseSent(store.files, sent.data)
  }
}

interface Pair extends Omit<VerifiedManifest, 'ok'> {
  readonly file: SentData
}

async function verifyFiles(
  store: ProgrammeStore,
  destination: HashedDestination,
  sent: SentFiles,
): Promise<{ readonly ok: true; readonly stored: FileToRecord } | HashedRefusal> {
  const paired = pairFiles(store, destination, sent)
  if (!paired.ok) return paired
  const { main, bridge } = paired
  const readBy = await furtherOfManifest(store.database, main.manifest)
  if (readBy === 'none') return refuse('manifest-framework')
  const stored = toRecord(main, bridge)
  // What no scanner passed yet is not read here: its check waits for one, and reads it.
  for (const { file } of bridge === undefined ? [main] : [main, bridge]) {
    if (!(await scanHeldFile(store, file.id)).ok) return { ok: true, stored }
  }
  const parts = [await partOf(store, main, null)]
  if (bridge !== undefined) parts.push(await partOf(store, bridge, bridge.key.epoch))
  const { quarter } = destination
  const wards = (await listKnownWards(store.database)).map(({ code }) => code)
  const further = readBy === undefined ? {} : { further: readBy.further }
  const read = await readFile({ want: 'hashed-checks' as const, quarter, wards, parts, ...further })
  if (!read.ok) return refuse(read.code, read.detail)
  const place = { service: destination.service.code, quarter }
  const uncovered = await whyShownNotCovered(store.database, place, shownIn(read.outcome))
  return uncovered ?? { ok: true, stored }
}

function toRecord(main: Pair, bridge: Pair | undefined): FileToRecord {
  return {
    file: main.file,
    hashed: {
      manifest: kept(main.manifest),
      epoch: main.key.epoch,
      bridge:
        bridge === undefined
          ? null
          : { file: bridge.file, manifest: kept(bridge.manifest), epoch: bridge.key.epoch },
    },
  }
}

/**
 * Each file with the manifest that names it; in a bridge quarter the one made with the older key
 * apart.
 */
function pairFiles(
  store: ProgrammeStore,
  destination: HashedDestination,
  { data, manifests, signatures }: SentFiles,
):
  | { readonly ok: true; readonly main: Pair; readonly bridge: Pair | undefined }
  | Refusal<ManifestCode | 'hashed-header'> {
  if (data.length > 2 || manifests.length > 2) return refuse('hashed-too-many')
  const isComplete =
    data.length > 0 && data.length === manifests.length && data.length === signatures.length
  if (!isComplete) return refuse('hashed-incomplete')
  if (data.some((file) => !file.isHashed)) return refuse('hashed-header')
  const pairs: Pair[] = []
  for (const bytes of manifests) {
    const verified = verifyManifest(store, destination, bytes, signatures)
    if (!verified.ok) return verified
    const { manifest, key } = verified
    const file = data.find(
      ({ sha256, size }) => sha256 === manifest.csv_sha256 && size === manifest.csv_bytes,
    )
    if (file === undefined || pairs.some((pair) => pair.file === file)) {
      return refuse('hashed-other-file')
    }
    pairs.push({ file, manifest, key })
  }
  const main = pairs.find(({ manifest }) => manifest.bridge_for === null)
  const bridge = pairs.find((pair) => pair !== main)
  if (main === undefined) return refuse('manifest-bridge')
  if (main.key !== store.keys.currentSource && main.key.epoch !== store.keys.currentSource.epoch) {
    return refuse('manifest-old-key')
  }
  if (bridge !== undefined && !belongsTo(bridge, main)) return refuse('manifest-bridge')
  return { ok: true, main, bridge }
}

/** Whether a file is the same rows under an older key. */
function belongsTo(bridge: Pair, main: Pair): boolean {
  const counts = ({ rows, records, family_ties, columns, findings, events }: Manifest): string =>
    JSON.stringify([rows, records, family_ties, Object.entries(columns), findings, events])
  return (
    bridge.manifest.bridge_for === main.manifest.csv_sha256 &&
    bridge.key.epoch < main.key.epoch &&
    counts(bridge.manifest) === counts(main.manifest)
  )
}

async function partOf(
  store: ProgrammeStore,
  { file, manifest }: Pair,
  epoch: number | null,
): Promise<HashedPart> {
  const dataKey = await store.keys.files.open(file.id)
  if (dataKey === undefined) throw new Fault('file-erased')
  return { source: heldSource(store, file.id, dataKey, 'hashed'), manifest: kept(manifest), epoch }
}

/** Without what tells a short file by its digest. */
function kept(manifest: Manifest): KeptManifest {
  const { format, pseudonym_version, source_key_check, live, provider, service, quarter } = manifest
  const { rows, records, family_ties, columns, findings } = manifest
  const { tool, tool_version, tables, self_test } = manifest
  return {
    ...{ format, pseudonym_version, source_key_check, live, provider, service, quarter },
    ...{ rows, records, family_ties, columns, findings },
    ...{ tool, tool_version, tables, self_test },
    ...(manifest.events === undefined ? {} : { events: manifest.events }),
  }
}

async function auditRefusal(
  { database }: ProgrammeStore,
  { service, quarter }: HashedDestination,
  actor: string,
  code: HashedRefusal['code'],
): Promise<void> {
  await withTransaction(database, (client) =>
    appendAudit(client, {
      actor,
      event: 'hashed-file.refused',
      subject: '',
      detail: { service: service.code, quarter, code },
    }),
  )
}
