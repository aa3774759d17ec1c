import { createHash } from 'node:crypto'
import type { FindingCount } from '#core/dataset/finding.ts'
import type { Manifest } from '#core/hashed-file/manifest.ts'
import { HashedTally } from '#core/hashed-file/hashed-tally.ts'
import { HashedRowReader, type HashedRecords } from '#core/hashed-file/read-hashed-rows.ts'
import type { PseudonymColumn } from '#core/pseudonym/kinds.ts'
import { byteChunks } from '#core/tabular/byte-chunks.ts'
import { FileRefused, type ByteSource } from '#core/tabular/table.ts'
import type { HashedPart, OutcomeRead, ReadingTask } from './reading-task.ts'

/** How much is read at once: some thousand lines. */
const CHUNK = 1024 * 1024

/** Takes what is read, a piece at a time, and the part it is of. */
export type TakeHashed = (records: HashedRecords, part: HashedPart) => Promise<void>

/**
 * Reads a hashed file to its end, and in a bridge quarter the second one: every cell by its grammar, the counts of its manifest against its
 * lines, and both files against each other. Throws FileRefused at the first thing that is not so.
 */
export async function readHashedFiles(
  task: ReadingTask,
  hashed: NonNullable<ReadingTask['hashed']>,
  openSource: (part: HashedPart) => Promise<ByteSource>,
  take: TakeHashed,
): Promise<OutcomeRead> {
  const [main, bridge] = hashed.parts
  if (main === undefined) throw new FileRefused('no-rows')
  const isBridged = bridge !== undefined
  const wards = new Set(hashed.wards)
  const read = async (part: HashedPart): Promise<{ tally: HashedTally; facts: string }> => {
    const { manifest } = part
    const terms = { sourceKeyCheck: manifest.source_key_check, quarter: task.quarter, wards }
    return readPart(await openSource(part), part, new HashedRowReader(terms), take, isBridged)
  }
  const first = await read(main)
  if (isBridged && (await read(bridge)).facts !== first.facts) {
    throw new FileRefused('hashed-disagrees', { member: 'bridge_for' })
  }
  if (main.manifest.records === 0) throw new FileRefused('no-rows')
  return outcomeOf(main.manifest, first.tally)
}

async function readPart(
  source: ByteSource,
  part: HashedPart,
  reader: HashedRowReader,
  take: TakeHashed,
  isBridged: boolean,
): Promise<{ tally: HashedTally; facts: string }> {
  const tally = new HashedTally()
  const facts = createHash('sha256')
  const add = async (records: HashedRecords): Promise<void> => {
    if (records.facts.length === 0) return
    tally.add(records)
    if (isBridged) facts.update(JSON.stringify(records.facts)).update(records.pseudonyms.present)
    await take(records, part)
  }
  for await (const bytes of byteChunks(source, 0, source.size, CHUNK)) {
    await add(reader.push(bytes))
  }
  reader.finish()
  const member = tally.disagreement(part.manifest)
  if (member !== null) throw new FileRefused('hashed-disagrees', { member })
  return { tally, facts: facts.digest('hex') }
}

type Counts = Pick<Manifest, 'rows' | 'records' | 'family_ties' | 'columns' | 'findings'>

/** What the manifest says of the rows that were read at source, and what the lines say of evidence. */
function outcomeOf(manifest: Counts, tally: HashedTally): OutcomeRead {
  const { rows, records, family_ties: familyTies, columns, findings } = manifest
  return {
    rows,
    records,
    familyTies,
    linkability: tally.linkability,
    columns,
    keptFindings: findings,
    contactsCounted: 0,
    findings: [
      ...(tally.hasContacts ? [] : [NO_CONTACTS]),
      ...keptNotes(findings),
      ...blankNotes(columns),
    ].map((finding) => ({ ...finding, firstRows: [], rowList: new Uint8Array() })),
    recalledRows: new Uint32Array(),
  }
}

/** As a clear file without a column of contacts: that active enrolment counts is to be confirmed. */
const NO_CONTACTS: FindingCount = {
  code: 'contacts-not-mapped',
  field: 'contacts',
  severity: 'confirm',
  rows: 1,
}

const FIELD_OF_FINDING: Readonly<Record<string, string>> = {
  'birth-two-digit-year': 'date_of_birth',
  'first-please-confirm': 'first_name',
  'last-please-confirm': 'last_name',
}

/** What was found at source on values that were kept; whoever hashed confirmed what was to be confirmed. */
function keptNotes(findings: Manifest['findings']): FindingCount[] {
  return Object.entries(findings)
    .filter(([, rows]) => rows > 0)
    .map(([code, rows]) => {
      return { code, field: FIELD_OF_FINDING[code] ?? '', severity: 'note', rows }
    })
}

/** Fields that are the whole or the first component of a column: of these the manifest tells every blank. */
const TELLING: readonly (readonly [PseudonymColumn, string, string])[] = [
  ['nhs_number_pseudonym', 'nhs-', 'nhs_number'],
  ['email_pseudonym', 'email-', 'email'],
  ['mobile_pseudonym', 'mobile-', 'mobile'],
  ['carer_email_pseudonym', 'email-', 'carer_email'],
  ['carer_mobile_pseudonym', 'mobile-', 'carer_mobile'],
  ['name_birth_pseudonym', 'first-', 'first_name'],
  ['birth_postcode_pseudonym', 'last-', 'last_name'],
]

function blankNotes(columns: Manifest['columns']): FindingCount[] {
  return TELLING.flatMap(([column, prefix, field]) =>
    Object.entries(columns[column].blank)
      .filter(([code, rows]) => code.startsWith(prefix) && rows > 0)
      .map(([code, rows]) => ({ code, field, severity: 'note' as const, rows })),
  )
}
