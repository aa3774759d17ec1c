import type pg from 'pg'
import type { Gender } from '#core/standard/roles.ts'
import { checkDecision } from '#core/linkage/decisions.ts'
import type { Decision, DecisionSide } from '#core/linkage/part.ts'
import { type DecisionCode, fitsDecision } from '#core/messages/review/decision-refusals.ts'
import { appendAudit, type AuditDetail } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { type Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { changeLinks, type LinkOutcome } from '#server/linkage/links/change-links.ts'
import type { RecordPlace } from './list-doubts.ts'
import { comparable, readDecisions } from '#server/linkage/links/standing.ts'
import { askProviders } from './ask-providers.ts'
import { sampleDecision } from './sample-decision.ts'

/** A row of a file: what a reviewer points at. */
export type DecidedPlace = Pick<RecordPlace, 'submission' | 'row' | 'role'>

/**
 * What a reviewer answers about one or two rows. `nhs-wrong`: the NHS number of `left` is not that
 * person's. `later` and `ask` settle nothing: the doubt waits, and the providers are asked.
 */
export type DecisionRequest = {
  readonly dataset: Dataset
  readonly reason: string
  /** The code of the doubt that was looked at. */
  readonly about?: string | undefined
  /** The last answer about the two rows that the reviewer knew of; not asked where it is left out. */
  readonly seen?: number | undefined
} & (
  | {
      readonly kind: 'same' | 'different' | 'later' | 'ask'
      readonly left: DecidedPlace
      readonly right: DecidedPlace
    }
  | { readonly kind: 'nhs-wrong'; readonly left: DecidedPlace; readonly right?: DecidedPlace }
)

/** A decision that stands, or stands no more. */
export interface Decided {
  readonly ok: true
  readonly decision: number
  /** What it made of links and figures; undefined of an answer that settles nothing. */
  readonly links: LinkOutcome | undefined
}

/**
 * Takes a reviewer's answer and makes links and figures what it says: one transaction under the
 * dataset's lock, audited. It is kept between client pseudonyms and replaces what was decided about
 * the same two sides; refused when it contradicts the others, or when somebody else has answered
 * since the reviewer looked. `database` is of a role that may write links, as a worker's.
 */
export async function takeDecision(
  database: Database,
  actor: Actor,
  request: DecisionRequest,
): Promise<Decided | Refusal<DecisionCode | 'not-found'>> {
  if (!(await holdsRight(database, actor, 'doubt.decide'))) return NOT_HELD
  const { dataset, kind, reason, about } = request
  if (!fitsDecision(kind, reason)) return refuse('decision-reason')
  return withTransaction(database, async (client) => {
    await takeLinkingLock(client, dataset)
    const sides = await findSides(client, request)
    if (!sides.ok) return sides
    if (await wasDecidedMeanwhile(client, request, sides)) return refuse('decided-meanwhile')
    if (sides.decision !== undefined) {
      const check = checkDecision(await readDecisions(client, dataset), sides.decision)
      if (!check.ok) return refuse(check.code)
    }

    const { left, right } = sides
    const { id } = await inPrisma(client, (prisma) =>
      prisma.decision.create({
        data: {
          dataset,
          kind,
          leftClient: left.client,
          leftBirth: left.birth,
          leftGender: left.gender,
          leftNameBirth: left.name_birth,
          rightClient: right?.client ?? null,
          rightBirth: right?.birth ?? null,
          rightGender: right?.gender ?? null,
          rightNameBirth: right?.name_birth ?? null,
          nhsNumber: kind === 'nhs-wrong' ? left.nhs_number : null,
          about: about ?? null,
          reason,
          decidedBy: actor.userId,
        },
        select: { id: true },
      }),
    )
    const decision = Number(id)
    const clients = [left, ...(right === undefined ? [] : [right])].map((side) => side.client)
    const links = await follow(client, dataset, kind, clients)
    if (request.kind === 'ask') await askProviders(client, { ...request, decision })
    if (request.kind === 'same' || request.kind === 'different') {
      const { kind: verdict, left: one, right: other } = request
      await sampleDecision(client, {
        ...{ decision, verdict, left: one, right: other, by: actor.userId },
      })
    }
    await appendAudit(client, {
      actor: actor.userId,
      event: 'decision.taken',
      subject: dataset,
      detail: { decision, kind, reason, ...placesOf(request), changed: links?.changed ?? 0 },
    })
    return { ok: true, decision, links }
  })
}

function isSettling(kind: string): boolean {
  return kind !== 'later' && kind !== 'ask'
}

/** Whether somebody answered about the same two clients after the reviewer had looked at them. */
async function wasDecidedMeanwhile(
  client: pg.ClientBase,
  { dataset, seen }: DecisionRequest,
  { left, right }: Pick<Sides, 'left' | 'right'>,
): Promise<boolean> {
  if (seen === undefined) return false
  const other = right ?? left
  const last = await runForRow(client, 'decisions/last-decided', [
    ...([dataset, left.client, other.client] as const),
  ])
  return last.decision > seen
}

/** Notes with their doubts what was answered about clients and settles nothing. */
async function putOff(
  client: pg.PoolClient,
  dataset: Dataset,
  clients: readonly string[],
): Promise<void> {
  const parts = await run(client, 'decisions/list-parts-of-clients', [clients], { dataset })
  await run(client, 'decisions/weigh-doubts', [dataset, parts.map(({ part_id: part }) => part)])
}

/** Makes links, or the queue alone, what was answered about clients. */
async function follow(
  client: pg.PoolClient,
  dataset: Dataset,
  kind: string,
  clients: readonly string[],
): Promise<LinkOutcome | undefined> {
  if (isSettling(kind)) return changeDecided(client, dataset, clients)
  await putOff(client, dataset, clients)
  return undefined
}

/**
 * Undoes a decision: what was decided about the same two sides before it stands again. Refused when
 * that contradicts the others. One transaction under the dataset's lock, audited.
 */
export async function undoDecision(
  database: Database,
  actor: Actor,
  { dataset, decision }: { readonly dataset: Dataset; readonly decision: number },
): Promise<Decided | Refusal<DecisionCode | 'not-found'>> {
  if (!(await holdsRight(database, actor, 'doubt.decide'))) return NOT_HELD
  return withTransaction(database, async (client) => {
    await takeLinkingLock(client, dataset)
    const found = await inPrisma(client, (prisma) =>
      prisma.decision.findFirst({
        where: { id: decision, dataset, undoneAt: null },
        select: { kind: true },
      }),
    )
    if (found === null) return refuse('decision-unknown')
    const others = (await readDecisions(client, dataset)).filter(({ order }) => order !== decision)
    const last = others.filter(({ kind }) => kind !== 'nhs-wrong').at(-1)
    if (last !== undefined && isSettling(found.kind)) {
      // As if the last of the others were taken now, without the one that goes.
      const before = others.filter((other) => other !== last)
      const check = checkDecision(before, last)
      if (!check.ok) return refuse(check.code)
    }
    const undone = await runForRow(client, 'decisions/undo-decision', [
      dataset,
      decision,
      actor.userId,
    ])
    const clients = [undone.left_client, undone.right_client].filter((side) => side !== null)
    const links = await follow(client, dataset, found.kind, clients)
    await run(client, 'decisions/end-questions', [decision, null])
    await appendAudit(client, {
      actor: actor.userId,
      event: 'decision.undone',
      subject: dataset,
      detail: { decision, changed: links?.changed ?? 0 },
    })
    return { ok: true, decision, links }
  })
}

function changeDecided(
  client: pg.PoolClient,
  dataset: Dataset,
  decidedClients: readonly string[],
): Promise<LinkOutcome> {
  return changeLinks(client, { dataset, arriving: [], leaving: [], decidedClients })
}

/** A side as it is stored; pseudonyms as uuid. */
interface StoredSide {
  readonly client: string
  readonly birth: string
  readonly gender: Gender
  readonly name_birth: string | null
  readonly nhs_number: string | null
}

interface Sides {
  readonly ok: true
  readonly left: StoredSide
  readonly right: StoredSide | undefined
  /** As linkage hears it; undefined of an answer that settles nothing. */
  readonly decision: Decision | undefined
}

async function findSides(
  client: pg.PoolClient,
  request: DecisionRequest,
): Promise<Sides | Refusal<DecisionCode>> {
  const { dataset, kind } = request
  const left = await findSide(client, dataset, request.left)
  if ('code' in left) return left
  if (kind === 'nhs-wrong') {
    if (left.nhs_number === null) return refuse('record-without-nhs-number')
    const nhsNumber = comparable(left.nhs_number)
    const decision = { kind, left: asSide(left), nhsNumber, order: 0 } satisfies Decision
    return { ok: true, left, right: undefined, decision }
  }
  const right = await findSide(client, dataset, request.right)
  if ('code' in right) return right
  if (kind === 'later' || kind === 'ask') return { ok: true, left, right, decision: undefined }
  const decision = { kind, left: asSide(left), right: asSide(right), order: 0 } satisfies Decision
  return { ok: true, left, right, decision }
}

async function findSide(
  client: pg.PoolClient,
  dataset: Dataset,
  { submission, row, role }: DecidedPlace,
): Promise<StoredSide | Refusal<DecisionCode>> {
  const [side] = await run(client, 'decisions/find-decision-side', [dataset, submission, row, role])
  if (side === undefined) return refuse('record-not-linked')
  const { client: reference } = side
  if (reference === null) return refuse('record-without-client')
  return { ...side, client: reference, gender: side.gender as Gender }
}

function asSide({ client, birth, gender, name_birth: name }: StoredSide): DecisionSide {
  const nameBirth = name === null ? null : comparable(name)
  return { client: comparable(client), birth, gender, nameBirth }
}

function placesOf(request: DecisionRequest): AuditDetail {
  const told = ({ submission, row, role }: DecidedPlace): string =>
    `${submission} ${role} row ${row}`
  const { left, right } = request
  return { left: told(left), ...(right === undefined ? {} : { right: told(right) }) }
}
