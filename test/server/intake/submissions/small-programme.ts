import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileKind } from '#core/standard/further-fields.ts'
import type { Grouping } from '#core/reach/measure.ts'
import { verifyChain } from '#server/identity/audit/verify-audit.ts'
import { initKeys } from '#server/keys/keys.ts'
import { initProgramme } from '#server/programme/setting-up/init-programme.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type { PostcodeRow } from '#server/programme/postcodes/postcode-areas.ts'
import type { Register } from '#server/programme/register/register.ts'
import { measureReach, type ExactReach } from '#server/figures/reach/measure-reach.ts'
import {
  openProgrammeStore,
  openStore,
  type Environment,
  type OwnProgrammeStore,
} from '#server/store/store.ts'
import type { Choices } from '#server/intake/loading/load-submission.ts'
import type { NotTaken } from '#server/intake/outcomes/not-taken.ts'
import { processSubmission, type Processed } from '#server/linkage/processing/process-submission.ts'
import { receiveSubmission } from '#server/intake/submissions/receive-submission.ts'

/** A programme as small as tests of whole submissions need it, and what its store holds. */

/** Who acts in these tests. */
export const ACTOR = 'test-operator'

export const REGISTER: Register = {
  programme: {
    code: 'small-steps',
    name: 'Small Steps',
    live: false,
    years: { from: '2024-04-01', to: '2025-03-31' },
  },
  wards: [
    { code: 'riverside', name: 'Riverside' },
    { code: 'hillside', name: 'Hillside' },
  ],
  strands: [
    { code: 'play', name: 'Play' },
    { code: 'health', name: 'Health' },
  ],
  providers: [
    { code: 'acorn', name: 'Acorn Children’s Charity' },
    { code: 'bridge', name: 'Bridge NHS Trust' },
  ],
  services: [
    { code: 'stay-and-play', name: 'Stay and Play', strand: 'play', provider: 'acorn' },
    { code: 'toy-library', name: 'Toy Library', strand: 'play', provider: 'acorn' },
    { code: 'health-visiting', name: 'Health Visiting', strand: 'health', provider: 'bridge' },
    { code: 'unsigned', name: 'A service without an agreement', strand: 'play', provider: 'acorn' },
  ],
}

const POSTCODES: readonly PostcodeRow[] = Array.from('ABDEFGHJ', (letter, index) => ({
  postcode: `SE11 6${letter}A`,
  ward: index % 2 === 0 ? 'riverside' : 'hillside',
  imdDecile: index + 1,
  inArea: 'yes' as const,
}))

/**
 * Makes the programme in an empty store, with keys of a demonstration; one service has no
 * agreement.
 */
export async function makeSmallProgramme(
  place: {
    readonly dataDir: string
    readonly env: Environment
  },
  register: Register = REGISTER,
): Promise<void> {
  const store = await openStore(place)
  try {
    const made = await initProgramme(store.pool, ACTOR, register, POSTCODES)
    if (!made.ok) throw new Error(made.code)
    await store.pool.query(`delete from agreement where service_code = 'unsigned'`)
    const { purpose = 'reach' } = register.programme
    const keys = await initKeys({ ...place, demonstration: true, purpose })
    if (!keys.ok) throw new Error(keys.code)
  } finally {
    await store.close()
  }
}

/** The same, open. */
export async function openSmallProgramme(
  place: {
    readonly dataDir: string
    readonly env: Environment
  },
  register: Register = REGISTER,
): Promise<OwnProgrammeStore> {
  await makeSmallProgramme(place, register)
  return openProgrammeStore(place)
}

/** A file to be sent; what is left out is a plain file of the play group's first quarter. */
export interface Sending {
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>
  readonly service?: string
  readonly quarter?: string
  readonly kind?: FileKind
  readonly dataset?: Dataset
  readonly choices?: Partial<Choices>
  readonly limit?: number
}

/** Sends a file and takes it as far as it goes, as the command line does. */
export async function send(
  store: OwnProgrammeStore,
  sending: Sending,
): Promise<Processed | NotTaken> {
  const { bytes, service = 'stay-and-play', quarter = '2024-Q1', kind, choices, limit } = sending
  const received = await receiveSubmission(store, {
    service,
    quarter,
    ...(kind === undefined ? {} : { kind }),
    dataset: sending.dataset ?? 'production',
    bytes: bytes instanceof Uint8Array ? inPieces(bytes) : bytes,
    limit: limit ?? 200 * 1024 * 1024,
    actor: ACTOR,
  })
  if (!received.ok) return { ok: false, code: received.code, detail: received.detail ?? {} }
  return processSubmission(store, received.submission.id, {
    actor: ACTOR,
    leaveOut: false,
    confirm: false,
    replace: false,
    ...choices,
  })
}

/** Sends a file that must be taken. */
export async function take(store: OwnProgrammeStore, sending: Sending): Promise<Processed> {
  const sent = await send(store, sending)
  if (!sent.ok) throw new Error(`${sent.code} ${JSON.stringify(sent.file?.findings ?? [])}`)
  return sent
}

/** The bytes in pieces, as they come over a network. */
export async function* inPieces(bytes: Uint8Array, piece = 60_001): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) {
    yield await Promise.resolve(bytes.subarray(at, at + piece))
  }
}

/** Everything a store holds that a bad file or a crash could leave something in. */
export interface Holdings {
  readonly reach: ExactReach
  readonly records: number
  readonly evidence: number
  readonly links: number
  readonly doubts: number
  readonly beneficiaries: number
  readonly linked: readonly string[]
  /** Stored files, their keys, and submissions that name one. */
  readonly blobs: readonly string[]
  readonly fileKeys: readonly string[]
  readonly filesNamed: number
  /**
   * Records that belong to no submission that was pseudonymised, and links that belong to no
   * record.
   */
  readonly strays: number
  readonly auditIsWhole: boolean
}

const GROUPING: readonly Grouping[] = ['service', 'quarter', 'ward', 'role']

/** The figures of the whole programme year. */
export async function figures(store: Pick<OwnProgrammeStore, 'pool'>): Promise<ExactReach> {
  const period = { dataset: 'production', from: '2024-Q1', to: '2024-Q4' } as const
  return measureReach(store.pool, period, GROUPING)
}

/** Looks at everything a store holds. */
export async function holdings(store: OwnProgrammeStore): Promise<Holdings> {
  const { rows } = await store.pool.query<
    Pick<
      Holdings,
      | 'records'
      | 'evidence'
      | 'links'
      | 'doubts'
      | 'beneficiaries'
      | 'linked'
      | 'filesNamed'
      | 'strays'
    >
  >(`select
      (select count(*)::int from record) as records,
      ((select count(*) from evidence) + (select count(*) from recent_evidence))::int as evidence,
      (select count(*)::int from link) as links,
      (select count(*)::int from doubt) as doubts,
      (select count(*)::int from beneficiary b where exists (select from link l where l.beneficiary_id = b.id)) as beneficiaries,
      (select coalesce(array_agg(service_code || ' ' || quarter order by service_code, quarter), '{}') from submission where state = 'linked') as linked,
      (select count(*)::int from submission where file_id is not null) as "filesNamed",
      (select count(*)::int from record r where not exists
        (select from submission s where s.id = r.submission_id and s.state in ('pseudonymised', 'linked')))
      + (select count(*)::int from link l where not exists (select from record r where r.id = l.record_id))
      + (select count(*)::int from evidence e where not exists (select from record r where r.id = e.record_id))
      + (select count(*)::int from recent_evidence e where not exists (select from record r where r.id = e.record_id)) as strays`)
  const [counted] = rows
  if (counted === undefined) throw new Error('nothing was counted')
  return {
    ...counted,
    reach: await figures(store),
    blobs: await names(join(store.dataDir, 'blobs')),
    fileKeys: await names(join(store.dataDir, 'keys', 'portal', 'files')),
    auditIsWhole: await auditIsWhole(store),
  }
}

/** The state and reason of the submission that came last. */
export async function lastSubmission(
  store: OwnProgrammeStore,
): Promise<{ state: string; reason: string | null; reference: string } | undefined> {
  const { rows } = await store.pool.query<{
    state: string
    reason: string | null
    reference: string
  }>('select state, reason, reference from submission order by id desc limit 1')
  return rows[0]
}

/** How many submissions there are, in whatever state. */
export async function countSubmissions(store: OwnProgrammeStore): Promise<number> {
  const { rows } = await store.pool.query<{ n: number }>(
    'select count(*)::int as n from submission',
  )
  return rows[0]?.n ?? 0
}

async function auditIsWhole(store: OwnProgrammeStore): Promise<boolean> {
  return (await verifyChain(store.pool, [])).flaw === null
}

async function names(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort()
}

/** Removes a folder that a store lay in. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true })
}
