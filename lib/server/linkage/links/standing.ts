import type pg from 'pg'
import { standingDecisions, type StandingDecisions } from '#core/linkage/decisions.ts'
import type { Decision, DecisionSide, SharedContacts } from '#core/linkage/part.ts'
import type { Gender } from '#core/standard/roles.ts'
import type { Decision as StoredDecision } from '#server/platform/db/generated/client.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'

/**
 * What stands beside the records when a part is decided: reviewers' decisions and shared contacts,
 * with pseudonyms in the form in which linkage compares them (16 bytes as Latin-1).
 */

/** The contacts of a dataset that are no evidence. */
export async function readSharedContacts(
  client: pg.ClientBase,
  dataset: Dataset,
): Promise<SharedContacts> {
  const rows = await run(client, 'shared-contacts/list-shared-contacts', [dataset])
  return new Set(rows.map((row) => comparable(row.value)))
}

/** Answers that settle something; the others are not linkage's to hear. */
const SETTLING = ['same', 'different', 'nhs-wrong']

/** The decisions of a dataset that settle something and were not undone, in the order they were taken. */
export async function readDecisions(client: pg.ClientBase, dataset: Dataset): Promise<Decision[]> {
  const decisions = await inPrisma(client, ({ decision }) =>
    decision.findMany({
      where: { dataset, undoneAt: null, kind: { in: SETTLING } },
      orderBy: { id: 'asc' },
    }),
  )
  return decisions.map(asDecision)
}

/** The standing decisions of a dataset. */
export async function readStandingDecisions(
  client: pg.ClientBase,
  dataset: Dataset,
): Promise<StandingDecisions> {
  return standingDecisions(await readDecisions(client, dataset))
}

/** A stored pseudonym in the form linkage compares. */
export function comparable(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('latin1')
}

function asDecision(stored: StoredDecision): Decision {
  const { leftClient, leftBirth, leftGender, leftNameBirth } = stored
  const left = asSide(leftClient, leftBirth, leftGender, leftNameBirth)
  const order = Number(stored.id)
  const kind = stored.kind as Decision['kind']
  if (kind === 'nhs-wrong') {
    return { kind, left, nhsNumber: comparable(stored.nhsNumber ?? ''), order }
  }
  const { rightClient, rightBirth, rightGender, rightNameBirth } = stored
  const right = asSide(
    rightClient ?? '',
    rightBirth ?? '',
    rightGender ?? 'unknown',
    rightNameBirth,
  )
  return { kind, left, right, order }
}

function asSide(
  client: string,
  birth: string,
  gender: string,
  nameBirth: string | null,
): DecisionSide {
  return {
    client: comparable(client),
    birth,
    gender: gender as Gender,
    nameBirth: nameBirth === null ? null : comparable(nameBirth),
  }
}
