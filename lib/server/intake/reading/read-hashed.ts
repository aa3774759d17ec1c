import { isFindingCode, type FindingCode } from '#core/messages/findings/findings.ts'
import type { FindingCount } from '#core/standard/finding.ts'
import type { Manifest } from '#core/hashed-file/manifest.ts'
import { HashedTally } from '#core/hashed-file/hashed-tally.ts'
import {
  HashedRowReader,
  type HashedFileTerms,
  type HashedRecords,
} from '#core/hashed-file/read-hashed-rows.ts'
import type { ComponentName } from '#core/pseudonym/identifiers.ts'
import { PSEUDONYM_COLUMNS, type PseudonymColumn } from '#core/pseudonym/kinds.ts'
import { byteChunks } from '#core/tabular/byte-chunks.ts'
import { FileRefused, type ByteSource } from '#core/tabular/table.ts'
import type { HashedTask, OutcomeRead, Piped, PipedPart, RecordsRead } from './reading-task.ts'

/** How much is read at once: some thousand lines. */
const CHUNK = 1024 * 1024

/**
 * Takes what is read, a piece at a time; in a bridge quarter with the same records under the older
 * key.
 */
export type TakeHashed = (records: HashedRecords, older: RecordsRead['older']) => void

/**
 * Reads a hashed file to its end, and in a bridge quarter the second one beside it: every cell by
 * its grammar, the counts of each manifest against its lines, and both files against each other.
 * Throws FileRefused at the first thing that is not so.
 */
export async function readHashedFiles(
  task: Piped<HashedTask>,
  openSource: (part: PipedPart) => ByteSource,
  take: TakeHashed,
): Promise<OutcomeRead> {
  const wards = new Set(task.wards)
  const files: HashedFileRead[] = []
  const { further } = task
  const ofKind = further === undefined ? {} : further
  for (const part of task.parts) {
    const { source_key_check: sourceKeyCheck } = part.manifest
    const terms = { sourceKeyCheck, quarter: task.quarter, wards, ...ofKind }
    files.push(new HashedFileRead(part, openSource(part), terms))
  }
  const [main, bridge] = files
  if (main === undefined) throw new FileRefused('no-rows')
  const older = bridge?.records()
  for await (const records of main.records()) {
    const old = older === undefined ? undefined : (await older.next()).value
    if (bridge !== undefined && !isSameRows(records, old)) throw notTheSameRows()
    take(
      records,
      old === undefined || bridge === undefined
        ? null
        : { from: old.pseudonyms, epoch: bridge.part.epoch ?? 0 },
    )
  }
  if (older !== undefined && (await older.next()).done !== true) throw notTheSameRows()
  if (main.part.manifest.records === 0 && !main.tally.hasActivities)
    throw new FileRefused('no-rows')
  return outcomeOf(main.part.manifest, main.tally)
}

/** One file as its lines come, added up. */
class HashedFileRead {
  readonly part: PipedPart
  readonly tally: HashedTally
  readonly #source: ByteSource
  readonly #reader: HashedRowReader

  constructor(part: PipedPart, source: ByteSource, terms: HashedFileTerms) {
    this.part = part
    this.#source = source
    this.tally = new HashedTally(terms.kind)
    this.#reader = new HashedRowReader(terms)
  }

  /**
   * The same rows under another key have lines of the same lengths, so that two files come in the
   * same pieces.
   */
  async *records(): AsyncGenerator<HashedRecords, undefined> {
    for await (const bytes of byteChunks(this.#source, 0, this.#source.size, CHUNK)) {
      const records = this.#reader.push(bytes)
      if (records.facts.length === 0 && (records.events?.activities.length ?? 0) === 0) continue
      this.tally.add(records)
      yield records
    }
    this.#reader.finish()
    const member = this.tally.disagreement(this.part.manifest)
    if (member !== null) throw new FileRefused('hashed-disagrees', { member })
    return undefined
  }
}

/** Whether two files say the same of the same people, and have a pseudonym in the same places. */
function isSameRows(records: HashedRecords, old: HashedRecords | undefined): boolean {
  return (
    old !== undefined &&
    JSON.stringify([records.facts, records.events]) === JSON.stringify([old.facts, old.events]) &&
    Buffer.compare(records.pseudonyms.present, old.pseudonyms.present) === 0
  )
}

function notTheSameRows(): FileRefused {
  return new FileRefused('hashed-disagrees', { member: 'bridge_for' })
}

type Counts = Pick<Manifest, 'rows' | 'records' | 'family_ties' | 'columns' | 'findings'>

/**
 * What the manifest says of the rows that were read at source, and what the lines say of evidence.
 */
function outcomeOf(manifest: Counts, tally: HashedTally): OutcomeRead {
  const { rows, records, family_ties: familyTies, columns, findings } = manifest
  return {
    rows: { ...rows, leftOut: 0 },
    records,
    familyTies,
    linkability: tally.linkability,
    forecast: tally.forecast,
    columns,
    keptFindings: findings,
    shownFacts: tally.shownFacts,
    ...(tally.events === undefined ? {} : { shownEvents: tally.events.shownFields }),
    contactsCounted: 0,
    ...tally.events?.counts,
    findings: [
      ...(tally.hasContacts || tally.events !== undefined ? [] : [NO_CONTACTS]),
      ...keptNotes(findings),
      ...blankNotes(columns),
    ].map((finding) => ({ ...finding, firstRows: [], rowList: new Uint8Array() })),
    recalledRows: new Uint32Array(),
  }
}

/**
 * As a clear file without a column of contacts: that active enrolment counts is to be confirmed.
 */
const NO_CONTACTS: FindingCount = {
  code: 'contacts-not-mapped',
  field: 'contacts',
  severity: 'confirm',
  rows: 1,
}

const FIELD_OF_FINDING: Readonly<Partial<Record<FindingCode, string>>> = {
  'birth-two-digit-year': 'date_of_birth',
  'first-please-confirm': 'first_name',
  'last-please-confirm': 'last_name',
}

/**
 * What was found at source on values that were kept; whoever hashed confirmed what was to be
 * confirmed.
 */
function keptNotes(findings: Manifest['findings']): FindingCount[] {
  return countsOf(findings).map(({ code, rows }) => {
    return { code, field: FIELD_OF_FINDING[code] ?? '', severity: 'note', rows }
  })
}

/**
 * Fields with what the codes of their components begin with. Where a component is the whole of a
 * pseudonym, or the first part of one, the manifest tells its every blank.
 */
const TELLING: readonly (readonly [ComponentName, string, string])[] = [
  ['nhsNumber', 'nhs-', 'nhs_number'],
  ['email', 'email-', 'email'],
  ['mobile', 'mobile-', 'mobile'],
  ['carerEmail', 'email-', 'carer_email'],
  ['carerMobile', 'mobile-', 'carer_mobile'],
  ['firstCanonical', 'first-', 'first_name'],
  ['last', 'last-', 'last_name'],
]

/** The pseudonym whose blanks tell all of a component. */
function columnTelling(component: ComponentName): PseudonymColumn[] {
  const begun = PSEUDONYM_COLUMNS.filter(({ components }) => components[0] === component)
  const whole = begun.find(({ components }) => components.length === 1) ?? begun[0]
  return whole === undefined ? [] : [whole.column]
}

function blankNotes(columns: Manifest['columns']): FindingCount[] {
  return TELLING.flatMap(([component, prefix, field]) =>
    columnTelling(component)
      .flatMap((column) => countsOf(columns[column].blank))
      .filter(({ code }) => code.startsWith(prefix))
      .map(({ code, rows }) => ({ code, field, severity: 'note' as const, rows })),
  )
}

/** The counts of a manifest that are of findings which there are. */
function countsOf(
  counts: Readonly<Record<string, number>>,
): { readonly code: FindingCode; readonly rows: number }[] {
  return Object.entries(counts).flatMap(([code, rows]) =>
    rows > 0 && isFindingCode(code) ? [{ code, rows }] : [],
  )
}
