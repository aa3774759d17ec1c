'use client'

import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import { counted, numberWords } from '#core/messages/reading/reading-words.ts'
import {
  CELLS_AT_ONCE,
  type Change,
  type GivenCell,
  type GridColumn,
  type GridRow,
  type OfferedReplacement,
} from '#core/grid/grid-rows.ts'
import type { Replacement } from '#core/preparation/corrections/replace-text.ts'
import { ErrorSummary, problemOf } from '../../../../components/error-summary.tsx'
import type { Saving } from './change-queue.client.ts'
import { CellDetail } from './cell-detail.client.tsx'
import { FindReplace } from './find-replace.client.tsx'
import { commandOf, GridTable, type GridHandle, type Spot } from './grid-table.client.tsx'
import type { GridSource } from './grid-source.ts'
import { NoSuchRows } from './no-such-rows.tsx'
import { changeOf, offerWords } from './offer-words.ts'
import { useCorrecting } from './use-correcting.client.ts'

/** Where one begins: in the first row, at the finding that one comes from, else at its first. */
function beginning({ columns, first, query }: GridSource): Spot {
  const row = first.rows[0]
  const found = row?.findings.find(({ code }) => code === query['code'])
  const column = columns.findIndex(({ place }) => place === found?.column)
  return { index: 0, column: column < 0 ? Math.max(0, nextFound(row, columns, -1)) : column }
}

/** The next column of a row, after one of them, in which something was found; -1 where none is. */
function nextFound(
  row: GridRow | undefined,
  columns: readonly GridColumn[],
  after: number,
): number {
  return columns.findIndex(
    ({ place }, index) =>
      index > after && (row?.findings.some(({ column }) => column === place) ?? false),
  )
}

function isFound(row: GridRow | undefined, column: GridColumn | undefined): boolean {
  return row?.findings.some(({ column: at }) => at === column?.place) ?? false
}

/** So many rows are looked through for the next finding, of a list that may be of all rows. */
const LOOKED_THROUGH = 2_000

/** The grid with its tools, what is told of it, and what is found in the cell that one is at. */
export function GridPanel(props: GridSource): ReactNode {
  const { columns } = props
  const [spot, setSpot] = useState<Spot>(() => beginning(props))
  const [isReplacing, setIsReplacing] = useState(false)
  const [said, setSaid] = useState('')
  const table = useRef<GridHandle>(null)
  const isEditing = useRef(false)
  const asksEditing = useCallback(() => isEditing.current, [])
  const correcting = useCorrecting(props, setSaid, asksEditing)
  const { cache, rowAt, change, saving, checking } = correcting
  const row = rowAt(spot.index)
  const column = columns[spot.column]

  // Whoever is at a row stays at it when the list changes under them.
  const held = useRef<number | undefined>(undefined)
  const { total } = cache
  useEffect(() => {
    const now = rowAt(spot.index)?.row
    if (held.current !== undefined && now !== held.current) {
      const index = cache.placeOf(held.current) ?? Math.min(spot.index, Math.max(0, total - 1))
      if (index !== spot.index) setSpot({ ...spot, index })
    }
    held.current = now
  }, [cache, rowAt, spot, total])

  const goTo = useCallback(
    (next: Spot) => {
      setSpot(next)
      held.current = undefined
      const reached = rowAt(next.index)
      if (reached !== undefined) setSaid(placeWords(reached, columns[next.column]))
    },
    [columns, rowAt],
  )

  const setCells = useCallback(
    (cells: readonly GivenCell[]) => {
      change({ kind: 'set', cells })
    },
    [change],
  )

  const { want } = correcting
  async function goToNext(): Promise<void> {
    // From here to the end and on from the top, back to where one is.
    for (let step = 0; step <= Math.min(total, LOOKED_THROUGH); step += 1) {
      const index = (spot.index + step) % total
      if (rowAt(index) === undefined && !(await want(index, index + 1))) return
      // Who came to a row by correcting the one above has not seen what stands left of them.
      const after = step === 0 && isFound(rowAt(index), column) ? spot.column : -1
      const next = nextFound(rowAt(index), columns, after)
      if (next < 0) continue
      table.current?.goTo({ index, column: next })
      return
    }
    setSaid('There is no other cell with a finding.')
  }

  useLeavingGuard(correcting.unsaved > 0)
  const { state } = cache
  const problem = saving.is === 'refused' ? saving : undefined
  return (
    <div className="app-correct">
      {!state.isApplied && <div className="govuk-inset-text">{props.elsewhere}</div>}
      <Offers offers={props.offers} change={change} />
      <div
        className="app-correct__tools"
        role="toolbar"
        aria-label="Corrections"
        // Who filled down by its button is still there, and takes it back by the same keys.
        onKeyDown={(event) => {
          const command = commandOf(event)
          if (command === undefined) return
          event.preventDefault()
          if (command === 'fillDown') table.current?.fillDown()
          else change({ kind: command })
        }}
      >
        <Tool
          text="Undo"
          isOff={!state.canUndo}
          press={() => {
            change({ kind: 'undo' })
          }}
        />
        <Tool
          text="Redo"
          isOff={!state.canRedo}
          press={() => {
            change({ kind: 'redo' })
          }}
        />
        <Tool text="Next finding" isOff={total === 0} press={() => void goToNext()} />
        <Tool text="Edit cell" isOff={row === undefined} press={() => table.current?.edit()} />
        <Tool text="Fill down" isOff={total === 0} press={() => table.current?.fillDown()} />
        <Tool
          text="Find and replace"
          isOff={total === 0}
          isOpen={isReplacing}
          press={() => {
            setIsReplacing(!isReplacing)
          }}
        />
        <Tool
          text="Check again"
          isOff={state.isChecked || checking !== ''}
          press={() => void correcting.check()}
        />
        <Tool
          text="Take all back"
          isOff={!state.canUndo}
          press={() => {
            change({ kind: 'take-back' })
          }}
        />
      </div>
      {isReplacing && (
        <FindReplace
          columns={columns}
          initial={Math.min(spot.column, columns.length - 1)}
          replace={(place: number, replacement: Replacement) => {
            change({ kind: 'replace', column: place, ...replacement })
          }}
          close={() => {
            setIsReplacing(false)
            table.current?.focus()
          }}
        />
      )}
      <p className="app-correct__standing" role="status">
        {standingWords(saving, correcting.unsaved, state.corrected, state.isChecked)} {checking}
      </p>
      {problem !== undefined && <ErrorSummary problems={[problemOf(problem)]} />}
      {total === 0 ? (
        <NoSuchRows
          reference={props.reference}
          show={props.query['show']}
          isChecked={state.isChecked}
        />
      ) : (
        <>
          <GridTable
            handle={table}
            columns={columns}
            total={total}
            fileRows={props.fileRows}
            rowAt={rowAt}
            want={correcting.want}
            show={correcting.show}
            words={cache.words}
            spot={spot}
            goTo={goTo}
            setCells={setCells}
            tellTooMany={() => {
              setSaid(`No more than ${numberWords(CELLS_AT_ONCE)} cells can be changed at once.`)
            }}
            tellEditing={(now) => {
              isEditing.current = now
            }}
            undo={() => {
              change({ kind: 'undo' })
            }}
            redo={() => {
              change({ kind: 'redo' })
            }}
          />
          <CellDetail row={row} column={column} columns={columns} words={cache.words} />
        </>
      )}
      <p className="govuk-visually-hidden" aria-live="polite">
        {said}
      </p>
    </div>
  )
}

/** What was replaced in an earlier file, to be replaced again. */
function Offers({
  offers,
  change,
}: {
  readonly offers: readonly OfferedReplacement[]
  readonly change: (change: Change) => void
}): ReactNode {
  const [taken, setTaken] = useState<readonly OfferedReplacement[]>([])
  return offers
    .filter((offer) => !taken.includes(offer))
    .map((offer) => (
      <div key={`${String(offer.column)} ${offer.find}`} className="govuk-inset-text">
        <p className="govuk-body">{offerWords(offer)}</p>
        <button
          type="button"
          className="govuk-button govuk-button--secondary govuk-!-margin-bottom-0"
          onClick={() => {
            setTaken([...taken, offer])
            change(changeOf(offer))
          }}
        >
          Replace again
        </button>
      </div>
    ))
}

function Tool({
  text,
  isOff,
  isOpen,
  press,
}: {
  readonly text: string
  readonly isOff: boolean
  readonly isOpen?: boolean
  readonly press: () => void
}): ReactNode {
  return (
    <button
      type="button"
      className="govuk-button govuk-button--secondary app-correct__tool"
      aria-disabled={isOff}
      aria-expanded={isOpen}
      onClick={() => {
        // It keeps the focus while it can do nothing, so that nobody is thrown to the page's top.
        if (!isOff) press()
      }}
    >
      {text}
    </button>
  )
}

/** Says where one is when there is something to know: what a screen reader is told besides the cell. */
function placeWords(
  { place, findings }: GridRow,
  column: { readonly place: number; readonly heading: string } | undefined,
): string {
  const here =
    column === undefined ? 0 : findings.filter(({ column: at }) => at === column.place).length
  const row = `Row ${place}`
  if (here > 0) return `${row}, ${column?.heading ?? ''}: ${counted(here, 'finding', 'findings')}`
  return findings.length === 0
    ? ''
    : `${row}: ${counted(findings.length, 'finding', 'findings')} in this row`
}

function standingWords(
  saving: Saving,
  unsaved: number,
  corrected: number,
  isChecked: boolean,
): string {
  if (saving.is === 'waiting')
    return `Not saved yet: the connection was lost. ${counted(unsaved, 'change is', 'changes are')} kept on this page and will be sent again by itself.`
  if (unsaved > 0) return 'Saving.'
  if (corrected === 0) return isChecked ? 'Nothing is corrected yet.' : 'Nothing is corrected.'
  const cells = counted(corrected, 'cell is corrected', 'cells are corrected')
  return `Saved. ${cells}.${isChecked ? ' The file was checked with them.' : ''}`
}

/** Asks before the page is left with changes that are not saved. */
function useLeavingGuard(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return
    const ask = (event: BeforeUnloadEvent): void => {
      event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => {
      window.removeEventListener('beforeunload', ask)
    }
  }, [isUnsaved])
}
