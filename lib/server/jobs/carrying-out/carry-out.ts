import type pg from 'pg'
import type { RightsCode } from '#core/messages/rights/rights-words.ts'
import { dropApproval, useAtOnce, type UseRefusal } from '#server/identity/approvals/approvals.ts'
import type { Particulars } from '#server/identity/approvals/approval.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { refreshStatistics } from '#server/linkage/links/refresh-statistics.ts'
import {
  readKeptMarks,
  removePeople,
  type PersonRows,
} from '#server/linkage/rights/remove-people.ts'
import { viewOf, type RightsView } from '#server/linkage/rights/handle-requests.ts'
import { holdRightsRequest, type RightsRequest } from '#server/linkage/rights/rights-request.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { newReference } from '#server/platform/machine/new-reference.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { isOfEverybody } from '#server/jobs/acts/rights-acts.ts'
import { eraseDrafts } from '#server/intake/submissions/erase-drafts.ts'
import { DATASETS } from '#server/intake/stops/apply-stops.ts'
import { keepStop } from './kept-stops.ts'

/** A request that a second officer has approved, to be carried out in that officer's name. */
export interface ApprovedRequest {
  readonly request: string
  /** The reference of the approval, which this uses up. */
  readonly approval: string
  readonly approvedBy: string
}

/** What carrying it out came to. */
export interface CarriedOut {
  readonly ok: true
  readonly outcome: RightsOutcome
  readonly records: number
}

/** How a request ended for which something was done. */
export type RightsOutcome = 'letter-made' | 'providers-asked' | 'removed' | 'set-apart'

const OUTCOMES: Readonly<Record<RightsRequest['kind'], RightsOutcome>> = {
  access: 'letter-made',
  rectification: 'providers-asked',
  erasure: 'removed',
  objection: 'removed',
  restriction: 'set-apart',
}

/**
 * Does what two officers agreed about a person's records, all of it or nothing: one transaction under
 * the locks of linking, whose last statement is its audit entry. Doing it again changes nothing. What
 * keeps somebody out is noted outside the database first, so that a restored backup hears of it. Where somebody is deleted,
 * what the organisations that sent them, or where that was agreed everybody, hold and have not submitted yet goes behind it: they
 * may be in any of it.
 */
export async function carryOut(
  store: ProgrammeStore,
  { request: reference, approval, approvedBy }: ApprovedRequest,
  now: Date,
): Promise<CarriedOut | UseRefusal | Refusal<'not-found' | RightsCode>> {
  const done = await withTransaction(store.database, async (client) => {
    for (const dataset of DATASETS) await takeLinkingLock(client, dataset)
    const request = await holdRightsRequest(client, reference)
    if (request === undefined) return refuse('not-found')
    const outcome = OUTCOMES[request.kind]
    // An earlier try may have got as far as that.
    if (request.state === 'done')
      return { ok: true as const, outcome, records: request.records ?? 0 }
    if (request.state !== 'open') return refuse('rights-over')
    const view = await viewOf(client, request)
    const agreed = await inPrisma(client, (prisma) =>
      prisma.approval.findUnique({ where: { reference: approval }, select: { particulars: true } }),
    )
    const particulars = (agreed?.particulars ?? {}) as Particulars
    if (particulars['picks'] !== view.picks) return refuse('rights-changed')
    const used = await useAtOnce(
      client,
      { kind: 'rights-request', subject: request.reference, reference: approval, approvedBy },
      now,
    )
    if (!used.ok) return used
    // What a colleague asked for besides is done with it.
    await dropApproval(client, { kind: 'rights-request', subject: request.reference }, now)
    const records = view.found.filter(({ picked }) => picked).length
    await act(client, store, view, { now, everybody: isOfEverybody({ particulars }) })
    await inPrisma(client, (prisma) =>
      prisma.rightsRequest.update({
        select: { id: true },
        where: { reference: request.reference },
        data: { state: 'done', outcome, records, doneAt: now },
      }),
    )
    faultPoint('before-rights-commit')
    await appendAudit(client, {
      ...{ actor: approvedBy, event: 'rights.carried-out', subject: request.reference },
      detail: { kind: request.kind, outcome, records },
    })
    return { ok: true as const, outcome, records }
  })
  faultPoint('after-rights-commit')
  // Also at a second try: the first may have been killed before it came to that.
  if (done.ok) await eraseOwedDrafts(store)
  if (done.ok) await refreshStatistics(store.database)
  return done
}

/**
 * Erases the held files that are still to go behind requests which are done: whose they are is noted with the request until
 * then, so that the hourly sweep comes to it where the act itself was given up. Answers how many were erased.
 */
export async function eraseOwedDrafts(
  store: Pick<ProgrammeStore, 'database' | 'files'>,
): Promise<number> {
  const owing = await inPrisma(store.database, ({ rightsRequest }) =>
    rightsRequest.findMany({
      where: { draftsOf: { isEmpty: false } },
      select: { id: true, draftsOf: true },
    }),
  )
  let erased = 0
  for (const { id, draftsOf } of owing) {
    erased += await eraseDrafts(store, draftsOf)
    await inPrisma(store.database, ({ rightsRequest }) =>
      rightsRequest.update({ where: { id }, select: { id: true }, data: { draftsOf: [] } }),
    )
  }
  return erased
}

async function act(
  client: pg.PoolClient,
  store: ProgrammeStore,
  { request }: RightsView,
  { now, everybody }: { readonly now: Date; readonly everybody: boolean },
): Promise<void> {
  const rows = await readPicked(client, request.id)
  switch (request.kind) {
    case 'access':
      return
    case 'rectification':
      return askForCorrection(client, request, rows, now)
    case 'erasure':
    case 'objection':
    case 'restriction': {
      const isKept = request.kind === 'restriction'
      await removePeople(client, store, { request: request.id, rows, isKept })
      await keepStop(store, {
        ...{ request, rows, marks: await readKeptMarks(client, request.id), isKept, at: now },
      })
      if (!isKept) await noteDrafts(client, request.id, everybody)
      // Where their rows were tells of them too.
      await inPrisma(client, (prisma) =>
        prisma.rightsRecord.deleteMany({ where: { requestId: BigInt(request.id) } }),
      )
    }
  }
}

/** Whose held files are to be erased behind it: of all that sent a record that was picked, or of everybody. */
async function noteDrafts(
  client: pg.ClientBase,
  request: string,
  everybody: boolean,
): Promise<void> {
  await inPrisma(client, async ({ rightsRecord, service, rightsRequest }) => {
    const picked = await rightsRecord.findMany({
      where: { requestId: BigInt(request), picked: true },
      select: { serviceCode: true },
    })
    const senders = await service.findMany({
      where: everybody ? {} : { code: { in: picked.map(({ serviceCode }) => serviceCode) } },
      select: { providerCode: true },
    })
    await rightsRequest.update({
      where: { id: BigInt(request) },
      select: { id: true },
      data: { draftsOf: [...new Set(senders.map(({ providerCode }) => providerCode))] },
    })
  })
}

async function readPicked(client: pg.ClientBase, request: string): Promise<readonly PersonRows[]> {
  const picked = await inPrisma(client, (prisma) =>
    prisma.rightsRecord.findMany({ where: { requestId: BigInt(request), picked: true } }),
  )
  const files = Map.groupBy(picked, ({ dataset, submission }) => `${dataset} ${submission}`)
  return [...files.values()].flatMap((rows) => {
    const [first] = rows
    return first === undefined
      ? []
      : [
          {
            dataset: first.dataset,
            submission: first.submission,
            places: rows.map(({ sourceRow, role }) => ({ row: sourceRow, role })),
          },
        ]
  })
}

/** What a provider is asked about a row whose person says that it is wrong. */
const ASKED = 'person-says-wrong'

/** Each provider sees at once what it is asked about its own row: the month goes on. */
async function askForCorrection(
  client: pg.ClientBase,
  { id }: RightsRequest,
  files: readonly PersonRows[],
  now: Date,
): Promise<void> {
  const from = now.toISOString().slice(0, 10)
  for (const { submission, places } of files) {
    for (const { row, role } of places) {
      await run(client, 'rights/ask-correction', [
        ...([newReference('question'), id, submission, row, role, ASKED, from] as const),
      ])
    }
  }
}
