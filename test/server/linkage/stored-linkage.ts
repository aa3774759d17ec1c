import type pg from 'pg'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { type Classes, doubtLine, type Linkage } from './linkage-oracle.ts'

/** What the store says of who is who, beside the linkage itself. */
export interface StoredLinkage extends Linkage {
  /** The part of each record, as the least record id in it. */
  readonly parts: readonly (readonly [record: number, part: number])[]
  /** Values and who carries them, as sorted lines. */
  readonly evidence: readonly string[]
  /** The reference each record's beneficiary has. */
  readonly references: ReadonlyMap<number, string>
  /** References that were merged, and the reference they lead to. */
  readonly aliases: ReadonlyMap<string, string>
  /** References of beneficiaries, one each. */
  readonly known: readonly string[]
}

interface LinkRow {
  readonly record: number
  readonly part: number
  readonly beneficiary: string
  readonly upper: number
  readonly lower: number
  readonly family: number | null
  readonly nhs: number | null
}

/** Reads all that linkage wrote of a dataset. */
export async function readStored(client: pg.ClientBase, dataset: Dataset): Promise<StoredLinkage> {
  const links = await client.query<LinkRow>(
    `select l.record_id::int as record, l.part_id::int as part, b.reference as beneficiary, l.upper_id::int as upper,
       l.lower_id::int as lower, l.family_id::int as family, l.nhs_id::int as nhs
     from link l left join beneficiary b on b.dataset = l.dataset and b.id = l.beneficiary_id
     where l.dataset = $1 order by l.record_id`,
    [dataset],
  )
  const doubts = await client.query<{
    kind: string
    code: string
    rule: string | null
    sides: number[][]
  }>('select kind, code, rule, sides from doubt where dataset = $1', [dataset])
  const lines = async (statement: string): Promise<string[]> => {
    const { rows } = await client.query<{ line: string }>(statement, [dataset])
    return rows.map(({ line }) => line).sort()
  }
  const aliases = await client.query<{ alias: string; reference: string | null }>(
    `select a.reference as alias, b.reference from beneficiary_alias a
     left join beneficiary b on b.dataset = a.dataset and b.id = a.beneficiary_id where a.dataset = $1`,
    [dataset],
  )
  return {
    classes: classesOf(links.rows),
    parts: links.rows.map(({ record, part }) => [record, part]),
    doubts: doubts.rows
      .map(({ kind, code, rule, sides }) => doubtLine(kind, code, rule, sides))
      .sort(),
    shared: await lines('select value::text as line from shared_contact where dataset = $1'),
    evidence: await lines(
      `select value || ' ' || record_id as line from evidence where dataset = $1
       union all select value || ' ' || record_id from recent_evidence where dataset = $1`,
    ),
    references: new Map(links.rows.map(({ record, beneficiary }) => [record, beneficiary])),
    aliases: new Map(aliases.rows.map(({ alias, reference }) => [alias, reference ?? 'nobody'])),
    known: await lines('select reference as line from beneficiary where dataset = $1'),
  }
}

function classesOf(links: readonly LinkRow[]): Classes[] {
  const least = new Map<string, number>()
  // In the order of record ids: the first of a beneficiary is the least.
  for (const { beneficiary, record } of links) {
    if (!least.has(beneficiary)) least.set(beneficiary, record)
  }
  return links.map(({ record, beneficiary, upper, lower, family, nhs }) => ({
    record,
    beneficiary: least.get(beneficiary) ?? 0,
    upper,
    lower,
    family,
    nhs,
  }))
}
