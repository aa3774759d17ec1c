import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  REGISTER_FACTS,
  REGISTER_KINDS,
  type RegisterFact,
} from '#core/messages/register/register-words.ts'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import type { Entry } from '#server/programme/register/entries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { FoldedPart } from '../../components/folded-part.tsx'
import { factWords, type NamesOf } from './fact-words.ts'

/** What is shown of an entry: quarters have no row of their own until they are changed. */
export type ShownEntry = Pick<Entry, 'code' | 'facts'>

/** What stands in the list of a kind beside its name. */
const COLUMNS = {
  programme: ['begins', 'ends'],
  service: ['provider', 'closedAfter'],
  provider: ['closedAfter'],
  strand: ['closedAfter'],
  ward: ['gss', 'splitFrom', 'closedAfter'],
  'list-value': ['closedAfter'],
  quarter: ['deadline', 'closed'],
} as const satisfies Record<Entry['kind'], readonly RegisterFact[]>

/** The fact that the entries of a kind are listed under. */
const LISTED_UNDER: Partial<Record<Entry['kind'], RegisterFact>> = {
  service: 'strand',
  'list-value': 'list',
}

/** The entries of a kind: services under their strands, quarters under their years, and others in one list. */
export function EntryParts({
  kind,
  entries,
  names,
}: {
  readonly kind: Entry['kind']
  readonly entries: readonly ShownEntry[]
  readonly names: NamesOf
}): ReactNode {
  const parts = [...Map.groupBy(entries, (entry) => headingOf(kind, entry, names))]
  if (kind !== 'quarter') parts.sort(([one], [other]) => one.localeCompare(other))
  const [only] = parts
  if (parts.length === 1 && only !== undefined) {
    return <EntryTable kind={kind} caption={REGISTER_KINDS[kind].many} {...{ names, entries }} />
  }
  return parts.map(([heading, part], index) => (
    <FoldedPart
      key={heading}
      heading={heading}
      holds={countWords(kind, part.length)}
      isOpen={index === 0}
      isWholeOnWide
    >
      <EntryTable kind={kind} caption={heading} names={names} entries={part} />
    </FoldedPart>
  ))
}

function headingOf(kind: Entry['kind'], { code, facts }: ShownEntry, names: NamesOf): string {
  if (kind === 'quarter') {
    const year = Number(code.slice(0, 4))
    return `April ${String(year)} to March ${String(year + 1)}`
  }
  const fact = LISTED_UNDER[kind]
  return fact === undefined ? '' : factWords(fact, facts[fact] ?? '', names)
}

function countWords(kind: Entry['kind'], count: number): string {
  const { one, many } = REGISTER_KINDS[kind]
  const words = kind === 'list-value' ? ['value', 'values'] : [one, many]
  return `${String(count)} ${(words[count === 1 ? 0 : 1] ?? '').toLowerCase()}`
}

function EntryTable({
  kind,
  caption,
  entries,
  names,
}: {
  readonly kind: Entry['kind']
  readonly caption: string
  readonly entries: readonly ShownEntry[]
  readonly names: NamesOf
}): ReactNode {
  const columns: readonly RegisterFact[] = COLUMNS[kind]
  const hasCode = kind !== 'quarter'
  return (
    <DataTable
      caption={caption}
      isCaptionHidden
      isTight
      onWide={['Code', REGISTER_FACTS.gss]}
      columns={[
        REGISTER_KINDS[kind].one,
        ...(hasCode ? ['Code'] : []),
        ...columns.map((fact) => REGISTER_FACTS[fact]),
      ]}
      rows={entries.map(({ code, facts }) => ({
        key: code,
        cells: [
          <a key="name" className="govuk-link" href={addresses.registerEntry(kind, code)}>
            {isQuarter(code) ? quarterWords(code) : facts.name}
          </a>,
          ...(hasCode ? [code] : []),
          ...columns.map((fact) => factWords(fact, facts[fact] ?? '', names)),
        ],
      }))}
    />
  )
}
