import type pg from 'pg'
import type { RightsKind } from '#core/messages/rights/rights-words.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'

/** A request of a person as it stands, which names nobody. */
export interface RightsRequest {
  readonly id: string
  readonly reference: string
  readonly kind: RightsKind
  readonly receivedOn: Date
  readonly dueOn: Date
  readonly extendedFor: string | null
  readonly askedBy: string
  readonly identityCheck: string
  readonly identityCheckedOn: Date
  readonly openedBy: string
  readonly openedAt: Date
  readonly searchedAt: Date | null
  readonly state: 'open' | 'done' | 'closed'
  readonly records: number | null
  readonly outcome: string | null
  readonly doneAt: Date | null
}

/** The request of a reference; letters may be small. */
export async function findRightsRequest(
  on: Database | pg.ClientBase,
  reference: string,
): Promise<RightsRequest | undefined> {
  const where = { reference: reference.trim().toUpperCase() }
  const row = await inPrisma(on, (prisma) => prisma.rightsRequest.findUnique({ where }))
  return row === null ? undefined : rightsRequestOf(row)
}

/** The same, which nobody else takes a step of until the transaction ends. */
export async function holdRightsRequest(
  client: pg.ClientBase,
  reference: string,
): Promise<RightsRequest | undefined> {
  await run(client, 'rights/lock-request', [reference.trim().toUpperCase()])
  return findRightsRequest(client, reference)
}

/** Whether a request is a restriction that holds. */
export function isRestricting({
  kind,
  state,
  outcome,
}: Pick<RightsRequest, 'kind' | 'state' | 'outcome'>): boolean {
  return kind === 'restriction' && state === 'done' && outcome === 'set-apart'
}

/** A row of the database as a request. */
export function rightsRequestOf(
  row: Omit<RightsRequest, 'id' | 'kind' | 'state'> & {
    readonly id: bigint
    readonly kind: string
    readonly state: string
  },
): RightsRequest {
  return {
    ...row,
    id: String(row.id),
    // Of which the columns' checks allow no other.
    kind: row.kind as RightsKind,
    state: row.state as RightsRequest['state'],
  }
}
