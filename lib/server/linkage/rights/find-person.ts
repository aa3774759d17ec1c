import type pg from 'pg'
import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import type { ServiceCodes } from '#core/pseudonym/message-batch.ts'
import { judgeRecord, type Agreement, type PersonMarks } from '#core/rights/agreement.ts'
import type { CalendarDay } from '#core/standard/quarter.ts'
import type { RightsCode } from '#core/messages/rights/rights-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { enterRefusal, holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { DATASETS } from '#server/intake/stops/apply-stops.ts'
import { keepMarks } from '#server/intake/stops/keep-marks.ts'
import { carryForward, pseudonymsAmong, type Mark } from '#server/intake/stops/sealed-marks.ts'
import { demandCurrentKeys } from '#server/keys/platform-key.ts'
import { openStopKey } from '#server/keys/stop-key.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { Unread } from '#server/store/unread.ts'
import { countSearch } from './count-search.ts'
import { holdRightsRequest } from './rights-request.ts'
import { pseudonymsOfTyped } from './typed-pseudonyms.ts'

/** Whom to look for. */
export interface PersonSought {
  /** The reference of the request. */
  readonly request: string
  /** The code of the service whose client references were typed; empty where none were. */
  readonly service: string
  readonly typed: Unread
}

/** How many records were found. */
export interface PersonFound {
  readonly ok: true
  readonly certain: number
  readonly doubtful: number
}

/**
 * Looks in every file for the person of a request, by identifiers that an officer typed
 * (typed-person.ts, as JSON that is not read here). They become pseudonyms and are gone; the request
 * keeps the records that are or may be the person's, and nobody else's, and sealed marks. A further
 * search takes the place of the one before. The search is audited with counts, and nobody searches
 * without end (`countSearch`).
 */
export async function findPerson(
  store: ProgrammeStore,
  actor: Actor,
  { request: reference, service, typed }: PersonSought,
  now: Date,
): Promise<Searched> {
  if (!(await holdsRight(store.database, actor, 'rights.handle'))) return NOT_HELD
  const marks = await pseudonymsOfTyped(store.keys, typed, {
    day: dayOf(now),
    live: store.programme.live,
    codes: await codesOf(store, service),
  })
  if (marks === undefined) return refuse('rights-too-many-ways')
  if (!marks.some(({ field }) => TELLING.has(field))) return refuse('rights-nothing-typed')
  const key = await openStopKey(store)
  const searched = await withTransaction(store.database, async (client): Promise<Searched> => {
    const request = await holdRightsRequest(client, reference)
    if (request === undefined) return refuse('not-found')
    if (request.state !== 'open') return refuse('rights-over')
    const counted = await countSearch(client, { request: request.id, by: actor.userId }, now)
    if (!counted.ok) return counted
    await run(client, 'rights/forget-found', [request.id])
    const platformKeys = store.keys.platform.length
    await keepMarks(client, { request: request.id, key, platformKeys }, marks)
    const found: FoundRecord[] = []
    for (const dataset of DATASETS) {
      await demandCurrentKeys(client, dataset, store.keys.platform)
      found.push(...(await findRecords(client, dataset, marks)))
    }
    found.push(...(await findRestricted(client, store, marks)))
    const rows = onePerRow(found)
    await keepFound(client, request.id, rows)
    const count = (certainty: string): number =>
      rows.filter((one) => one.agreement.certainty === certainty).length
    const counts = { certain: count('certain'), doubtful: count('doubtful') }
    await inPrisma(client, (prisma) =>
      prisma.rightsRequest.update({
        select: { id: true },
        where: { reference: request.reference },
        data: { searchedAt: laterThan(request.searchedAt, now) },
      }),
    )
    faultPoint('before-rights-commit')
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'rights.searched', subject: request.reference },
      detail: counts,
    })
    return { ok: true as const, ...counts }
  })
  const isRefused = !searched.ok && searched.code === 'rights-searches-many'
  return isRefused ? enterRefusal(store.database, actor, searched, 'rights.handle') : searched
}

type Searched = PersonFound | Refusal<'not-found' | RightsCode>

/** The moment of a search, which no other search of the request has: officers agree about that one. */
function laterThan(before: Date | null, now: Date): Date {
  return before === null || before < now ? now : new Date(before.getTime() + 1)
}

function dayOf(now: Date): CalendarDay {
  return { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: now.getUTCDate() }
}

/** What tells somebody at all: an address alone is a household's. */
const TELLING: ReadonlySet<string> = new Set(
  PSEUDONYM_COLUMNS.map(({ field }) => field).filter(
    (field) => !['email', 'mobile', 'carerEmail', 'carerMobile'].includes(field),
  ),
)

async function codesOf(
  { database }: ProgrammeStore,
  code: string,
): Promise<ServiceCodes | undefined> {
  if (code === '') return undefined
  const service = await inPrisma(database, (prisma) =>
    prisma.service.findUnique({ where: { code }, select: { providerCode: true } }),
  )
  return service === null ? undefined : { serviceCode: code, providerCode: service.providerCode }
}

/** A record that is or may be the person's. */
interface FoundRecord {
  readonly dataset: Dataset
  readonly id: string
  readonly service: string
  readonly quarter: string
  readonly submission: string
  readonly row: number
  readonly role: string
  readonly agreement: Agreement
  readonly isRestricted: boolean
}

async function findRecords(
  client: pg.ClientBase,
  dataset: Dataset,
  marks: readonly Mark[],
): Promise<readonly FoundRecord[]> {
  const known: PersonMarks = marksByField(marks)
  const values = marks.map(({ value }) => value)
  const rows = await run(client, 'rights/find-carriers', [values], { dataset })
  const judged = rows.map((row) => ({
    row,
    agreement: judgeRecord(known, pseudonymsAmong(row.columns)),
  }))
  const surely = new Set(
    judged
      .filter(({ agreement }) => agreement?.certainty === 'certain')
      .map(({ row }) => row.beneficiary_id),
  )
  return judged.flatMap(({ row, agreement }) => {
    const told =
      agreement ??
      (row.beneficiary_id !== null && surely.has(row.beneficiary_id) ? LINKED : undefined)
    if (told === undefined) return []
    const { id, service, quarter, submission, source_row: sourceRow, role } = row
    return [
      {
        ...{ id, dataset, service, quarter, submission, role },
        row: sourceRow,
        agreement: told,
        isRestricted: false,
      },
    ]
  })
}

/** Among what is kept apart already: few records, so that each is looked at. */
async function findRestricted(
  client: pg.ClientBase,
  { keys }: ProgrammeStore,
  marks: readonly Mark[],
): Promise<readonly FoundRecord[]> {
  const known = marksByField(marks)
  const rows = await run(client, 'rights/list-restricted', [])
  return rows.flatMap(({ id, kept, platform_keys: made, source_row: row, ...place }) => {
    const agreement = judgeRecord(known, carryForward(keys.platform, pseudonymsAmong(kept), made))
    return agreement === undefined ? [] : [{ ...place, id, row, agreement, isRestricted: true }]
  })
}

/** Counted as the same person, by evidence that was not typed: an officer says whether it is. */
const LINKED: Agreement = { certainty: 'doubtful', because: 'linked', agreed: [] }

function marksByField(marks: readonly Mark[]): PersonMarks {
  const byField = new Map<Mark['field'], Set<string>>()
  for (const { field, value } of marks) {
    byField.set(field, (byField.get(field) ?? new Set()).add(value))
  }
  return byField
}

/** In a bridge quarter a row is two records, under the older and the newer key: the surer one stands for both. */
function onePerRow(found: readonly FoundRecord[]): readonly FoundRecord[] {
  const rows = new Map<string, FoundRecord>()
  for (const one of found) {
    const place = `${one.submission} ${String(one.row)} ${one.role}`
    const other = rows.get(place)
    if (other === undefined || other.agreement.certainty === 'doubtful') rows.set(place, one)
  }
  return [...rows.values()]
}

async function keepFound(
  client: pg.ClientBase,
  request: string,
  found: readonly FoundRecord[],
): Promise<void> {
  await inPrisma(client, (prisma) =>
    prisma.rightsRecord.createMany({
      data: found.map(({ dataset, id, agreement, row, isRestricted, ...place }, index) => ({
        requestId: BigInt(request),
        number: index + 1,
        recordId: BigInt(id),
        dataset,
        serviceCode: place.service,
        quarter: place.quarter,
        submission: place.submission,
        sourceRow: row,
        role: place.role,
        certainty: agreement.certainty,
        because: agreement.because,
        agreed: [...agreement.agreed],
        picked: agreement.certainty === 'certain',
        restricted: isRestricted,
      })),
    }),
  )
}
