import type pg from 'pg'
import { standingDecisions, type StandingDecisions } from '#core/linkage/decisions.ts'
import type { Decision, DecisionSide, SharedContacts } from '#core/linkage/part.ts'
import type { Gender } from '#core/standard/roles.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'

/**
 * What stands beside the records when a part is decided: reviewers' decisions and shared contacts, with pseudonyms
 * in the form in which linkage compares them (16 bytes as Latin-1).
 */

/** The contacts of a dataset that are no evidence. */
export async function readSharedContacts(
  client: pg.ClientBase,
  dataset: Dataset,
): Promise<SharedContacts> {
  const { rows } = await client.query<{ value: string }>(
    'select value from shared_contact where dataset = $1',
    [dataset],
  )
  return new Set(rows.map((row) => comparable(row.value)))
}

interface DecisionRow {
  readonly kind: Decision['kind']
  readonly id: string
  readonly left_client: string
  readonly left_birth: string
  readonly left_gender: Gender
  readonly left_name_birth: string | null
  readonly right_client: string | null
  readonly right_birth: string | null
  readonly right_gender: Gender | null
  readonly right_name_birth: string | null
  readonly nhs_number: string | null
}

/** The decisions of a dataset that were not undone, in the order they were taken. */
export async function readDecisions(client: pg.ClientBase, dataset: Dataset): Promise<Decision[]> {
  const { rows } = await client.query<DecisionRow>(
    'select * from decision where dataset = $1 and undone_at is null order by id',
    [dataset],
  )
  return rows.map(asDecision)
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

function asDecision(row: DecisionRow): Decision {
  const left = side(row.left_client, row.left_birth, row.left_gender, row.left_name_birth)
  const order = Number(row.id)
  if (row.kind === 'nhs-wrong') {
    return { kind: row.kind, left, nhsNumber: comparable(row.nhs_number ?? ''), order }
  }
  const right = side(
    row.right_client ?? '',
    row.right_birth ?? '',
    row.right_gender ?? 'unknown',
    row.right_name_birth,
  )
  return { kind: row.kind, left, right, order }
}

function side(
  client: string,
  birth: string,
  gender: Gender,
  nameBirth: string | null,
): DecisionSide {
  return {
    client: comparable(client),
    birth,
    gender,
    nameBirth: nameBirth === null ? null : comparable(nameBirth),
  }
}
