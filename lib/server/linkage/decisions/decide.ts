import type pg from 'pg'
import type { Gender } from '#core/standard/roles.ts'
import { checkDecision } from '#core/linkage/decisions.ts'
import type { Decision, DecisionSide } from '#core/linkage/part.ts'
import { type DecisionCode, isDecisionReason } from '#core/messages/decision-refusals.ts'
import { appendAudit, type AuditDetail } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { changeLinks, type LinkOutcome } from '#server/linkage/links/change-links.ts'
import type { RecordPlace } from './list-doubts.ts'
import { comparable, readDecisions } from '#server/linkage/links/standing.ts'

/** A row of a file: what a reviewer points at. */
export type DecidedPlace = Pick<RecordPlace, 'submission' | 'row' | 'role'>

/**
 * What a reviewer says about one or two rows. `nhs-wrong`: the NHS number of `left` is not that
 * person's.
 */
export type DecisionRequest = { readonly dataset: Dataset; readonly reason: string } & (
  | {
      readonly kind: 'same' | 'different'
      readonly left: DecidedPlace
      readonly right: DecidedPlace
    }
  | { readonly kind: 'nhs-wrong'; readonly left: DecidedPlace }
)

/** A decision that stands, or stands no more; links and figures are what it makes them. */
export interface Decided {
  readonly ok: true
  readonly decision: number
  readonly links: LinkOutcome
}

/**
 * Takes a reviewer's decision and makes links and figures what it says: one transaction under the
 * dataset's lock, audited. It is kept between client pseudonyms and replaces what was decided about
 * the same two sides; refused when it contradicts the others. `database` is of a role that may
 * write links, as a worker's.
 */
export async function takeDecision(
  database: Database,
  actor: Actor,
  request: DecisionRequest,
): Promise<Decided | Refusal<DecisionCode | 'not-found'>> {
  if (!may(actor, 'doubt.decide')) return refuse('not-found')
  const { dataset, kind, reason } = request
  if (!isDecisionReason(reason)) return refuse('decision-reason')
  return withTransaction(database, async (client) => {
    await takeLinkingLock(client, dataset)
    const sides = await findSides(client, request)
    if (!sides.ok) return sides
    const check = checkDecision(await readDecisions(client, dataset), sides.decision)
    if (!check.ok) return refuse(check.code)

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
          reason,
          decidedBy: actor.userId,
        },
        select: { id: true },
      }),
    )
    const decision = Number(id)
    const clients = [left, ...(right === undefined ? [] : [right])].map((side) => side.client)
    const links = await changeDecided(client, dataset, clients)
    await appendAudit(client, {
      actor: actor.userId,
      event: 'decision.taken',
      subject: dataset,
      detail: { decision, kind, reason, ...placesOf(request), changed: links.changed },
    })
    return { ok: true, decision, links }
  })
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
  if (!may(actor, 'doubt.decide')) return refuse('not-found')
  return withTransaction(database, async (client) => {
    await takeLinkingLock(client, dataset)
    const standing = await readDecisions(client, dataset)
    if (!standing.some(({ order }) => order === decision)) return refuse('decision-unknown')
    const others = standing.filter(({ order }) => order !== decision)
    const last = others.filter(({ kind }) => kind !== 'nhs-wrong').at(-1)
    if (last !== undefined) {
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
    const links = await changeDecided(client, dataset, clients)
    await appendAudit(client, {
      actor: actor.userId,
      event: 'decision.undone',
      subject: dataset,
      detail: { decision, changed: links.changed },
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
  readonly decision: Decision
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
  const { left } = request
  if (request.kind === 'nhs-wrong') return { left: told(left) }
  return { left: told(left), right: told(request.right) }
}
