import type pg from 'pg'
import type { CohortCode } from '#core/messages/research/research-words.ts'
import type { CohortPerson } from '#core/research/extract.ts'
import type { VariableCode } from '#core/research/variables.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { extractPseudonym } from '#server/keys/research-key.ts'
import { run, type Answer } from '#server/platform/db/run.ts'

/** Whom an extract is about, and what it asks of them. */
export interface Asked {
  readonly variables: readonly VariableCode[]
  readonly cohort: CohortCode
  readonly firstQuarter: Quarter
  readonly lastQuarter: Quarter
}

/** A person of the cohort with the reference under which they are known here. */
export interface KnownPerson extends CohortPerson {
  readonly reference: string
}

/** Reads whoever was reached in these quarters, under pseudonyms of the extract. */
export async function readCohort(
  client: pg.ClientBase,
  { variables, cohort, firstQuarter, lastQuarter }: Asked,
  { key, extract }: { readonly key: Uint8Array; readonly extract: string },
): Promise<readonly KnownPerson[]> {
  const rows = await run(client, 'research/read-cohort', [firstQuarter, lastQuarter])
  const wanted = rows.filter(
    ({ kind }) => cohort === 'everybody' || (kind === 'child') === (cohort === 'children'),
  )
  return wanted.map((row) => ({
    reference: row.reference,
    person: extractPseudonym(key, extract, 'person', row.reference),
    family:
      row.family_id === null ? undefined : extractPseudonym(key, extract, 'family', row.family_id),
    values: variables.map((code) => valueOf(row, code)),
  }))
}

type Row = Answer<'research/read-cohort'>[number]

function valueOf(row: Row, code: VariableCode): string {
  const value = row[COLUMNS[code]]
  return value === null ? '' : String(value)
}

const COLUMNS = {
  ...{ kind: 'kind', birth: 'birth', gender: 'gender', ethnicity: 'ethnicity' },
  ...{ language: 'language', send: 'send', ward: 'ward', deprivation: 'deprivation' },
  ...{ 'first-quarter': 'first_quarter', services: 'services', quarters: 'quarters' },
  ...{ contacts: 'contacts', family: 'family_people', certainty: 'certainty' },
} as const satisfies Readonly<Record<VariableCode, keyof Row>>
