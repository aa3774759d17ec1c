import type { ReactNode } from 'react'
import { genderWords } from '#core/messages/linkage/person-words.ts'
import type { ComparedKind } from '#core/linkage/compare-sides.ts'
import { evidenceWords } from '#core/messages/linkage/linkage-words.ts'
import type { ComparedPair, ComparedSide } from '#server/linkage/decisions/look-at-pair.ts'
import type { NamedIn } from '#server/programme/register/register-names.ts'
import { DataTable } from '../components/data-table.tsx'
import { RecordPlaces } from './record-places.tsx'

/** Two people side by side: where their rows are, and what of them agrees and differs. */
export function ComparedPeople({
  pair: { left, right, kinds },
  named,
  isBlind = false,
}: {
  readonly pair: Pick<ComparedPair, 'left' | 'right' | 'kinds'>
  /** Whether it is not shown whom the rows are counted as. */
  readonly isBlind?: boolean
  readonly named: NamedIn
}): ReactNode {
  const line = (
    name: string,
    cell: (side: ComparedSide) => ReactNode,
  ): { key: string; cells: readonly ReactNode[] } => ({
    key: name,
    cells: [name, cell(left), cell(right)],
  })
  return (
    <>
      <DataTable
        caption="The two people"
        columns={['', 'One', 'The other']}
        rows={[
          line('Born', ({ births }) => births.map(birthWords).join(', ') || 'Not known'),
          line('Gender', ({ genders }) => genders.map((gender) => genderWords(gender)).join(', ')),
          line('Services', ({ places }) => [...new Set(places.map(named))].join(', ')),
          line('Rows', ({ places }) => (
            <RecordPlaces places={places} named={named} isBlind={isBlind} />
          )),
        ]}
      />
      <DataTable
        caption="What agrees and what differs"
        columns={['Evidence', 'Between the two']}
        rows={SAYS.flatMap(({ says, words }) =>
          kinds
            .filter((kind) => kind.says === says)
            .map((kind) => ({
              key: kind.kind,
              cells: [
                upperFirst(evidenceWords(kind.kind)),
                <Said key="said" kind={kind} words={words} />,
              ],
            })),
        )}
      />
    </>
  )
}

const SAYS = [
  { says: 'agrees', words: 'Agrees' },
  { says: 'differs', words: 'Differs' },
  { says: 'one-side', words: 'Only one has it' },
] as const satisfies readonly { says: ComparedKind['says']; words: string }[]

function Said({ kind, words }: { readonly kind: ComparedKind; readonly words: string }): ReactNode {
  return (
    <>
      {kind.says === 'one-side' ? words : <strong>{words}</strong>}
      {kind.isShared && ', but so many people carry it that it says nothing'}
    </>
  )
}

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** A birth as it is kept: the month of a child's, the year of an adult's. */
function birthWords(birth: string): string {
  return birth.length >= 7 ? MONTH.format(new Date(`${birth}-01T00:00:00Z`)) : birth
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
