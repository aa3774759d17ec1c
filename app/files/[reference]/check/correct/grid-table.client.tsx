'use client'

import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react'
import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { Words } from '#core/messages/words.ts'
import { readBlock, writeBlock } from '#core/grid/clipboard-block.ts'
import {
  CELLS_AT_ONCE,
  type GivenCell,
  type GridColumn,
  type GridRow,
} from '#core/grid/grid-rows.ts'
import { GridLine, type LineHand } from './grid-line.client.tsx'
import { columnWidths } from '#core/grid/column-widths.ts'
import { blockOf, clamp, range, type Block } from '#core/grid/grid-block.ts'
import { cellId, moveOf, type Spot } from '#core/grid/grid-moves.ts'
import {
  drawnRows,
  listHeight,
  ROW_HEIGHT,
  scrolledTo,
  type GridList,
} from '#core/grid/grid-window.ts'

export type { Spot } from '#core/grid/grid-moves.ts'

/** What the tools around the grid do to it. */
export interface GridHandle {
  focus(): void
  goTo(spot: Spot): void
  edit(): void
  fillDown(): void
}

/** The text that a cell begins to be edited with; undefined for its own. */
interface Editing {
  readonly text: string | undefined
  /** Of which row and column, whatever stands in their place meanwhile. */
  readonly row: number
  readonly column: number
}

/** Before the grid is measured. */
const HEIGHT = 480

/**
 * Rows and columns of cells, of which only those that can be seen are drawn. One stop of the Tab key;
 * arrows move within it. Source: ARIA Authoring Practices, grid.
 */
export function GridTable({
  handle,
  columns,
  total,
  fileRows,
  rowAt,
  want,
  show,
  words,
  spot,
  goTo,
  setCells,
  tellTooMany,
  tellEditing,
  undo,
  redo,
}: {
  readonly handle: Ref<GridHandle>
  readonly columns: readonly GridColumn[]
  readonly total: number
  /** Rows of the whole file, of which these may be some. */
  readonly fileRows: number
  readonly rowAt: (index: number) => GridRow | undefined
  readonly want: (from: number, to: number) => Promise<boolean>
  /** Told which rows are in sight. */
  readonly show: (from: number, to: number) => void
  readonly words: ReadonlyMap<FindingCode, Words>
  readonly spot: Spot
  readonly goTo: (spot: Spot) => void
  readonly setCells: (cells: readonly GivenCell[]) => void
  /** Told of a block that is for the file itself. */
  readonly tellTooMany: () => void
  /** Told when a cell begins to be edited, and when it ends. */
  readonly tellEditing: (isEditing: boolean) => void
  readonly undo: () => void
  readonly redo: () => void
}): ReactNode {
  const area = useRef<HTMLDivElement>(null)
  const [scrolled, setScrolled] = useState(0)
  const [height, setHeight] = useState(HEIGHT)
  /** Where choosing began, as long as one is where it led. */
  const [choice, setChoice] = useState({ began: spot, led: spot })
  const anchor = choice.led === spot ? choice.began : spot
  const [editing, setEditing] = useState<Editing | undefined>()
  /** Whether the cell that one is at is to have the focus once it is drawn. */
  const wantsFocus = useRef(false)
  /** Whether the cell that one begins at was brought into sight. */
  const isBegun = useRef(false)
  const list: GridList = { total, height }
  const { from, to, top } = drawnRows(list, scrolled)
  const block = blockOf(anchor, spot)
  const template = useMemo(() => columnWidths(columns, fileRows, rowAt), [columns, fileRows, rowAt])

  useEffect(() => {
    show(from, to)
  }, [show, from, to])

  useEffect(() => {
    const measure = (): void => {
      const head = area.current?.querySelector('[role=row]')?.clientHeight ?? 0
      setHeight(Math.max(ROW_HEIGHT, (area.current?.clientHeight ?? HEIGHT) - head))
    }
    measure()
    window.addEventListener('resize', measure)
    return () => {
      window.removeEventListener('resize', measure)
    }
  }, [])

  useLayoutEffect(() => {
    if (isBegun.current && !wantsFocus.current) return
    const cell = area.current?.querySelector<HTMLElement>(`#${cellId(spot)}`)
    if (cell === null || cell === undefined) return
    if (wantsFocus.current) cell.focus({ preventScroll: true })
    isBegun.current = true
    wantsFocus.current = false
    revealSideways(area.current, cell)
  })

  /** Goes to a cell, brings it into sight and gives it the focus. */
  function move(next: Spot, isChoosing: boolean): void {
    const reached = {
      index: clamp(next.index, 0, total - 1),
      // What is found in a row stands in a column after the file’s own.
      column: clamp(next.column, 0, columns.length),
    }
    setChoice({ began: isChoosing ? anchor : reached, led: reached })
    const place = scrolledTo(list, scrolled, reached.index)
    if (area.current !== null && place !== scrolled) area.current.scrollTop = place
    setScrolled(place)
    wantsFocus.current = true
    goTo(reached)
  }

  function begin(text?: string): void {
    const row = rowAt(spot.index)?.row
    const column = columns[spot.column]?.place
    if (row === undefined || column === undefined) return
    tellEditing(true)
    setEditing({ text, row, column })
  }

  /** Ends editing with a text, or without one; `next` is where to go from there, if anywhere. */
  function finish(text: string | undefined, next: Spot | undefined): void {
    if (editing === undefined) return
    tellEditing(false)
    setEditing(undefined)
    const { row, column } = editing
    if (text !== undefined) setCells([{ row, column, text }])
    if (next !== undefined) move(next, false)
  }

  /** Has every row of a block, then gives its cells what `textOf` says. */
  async function setBlock(
    { top: first, bottom, left, right }: Block,
    textOf: (down: number, along: number) => string | undefined,
  ): Promise<void> {
    if ((bottom - first + 1) * (right - left + 1) > CELLS_AT_ONCE) {
      tellTooMany()
      return
    }
    if (!(await want(first, bottom + 1))) return
    const cells: GivenCell[] = []
    for (let index = first; index <= Math.min(bottom, total - 1); index += 1) {
      for (let column = left; column <= Math.min(right, columns.length - 1); column += 1) {
        const row = rowAt(index)
        const place = columns[column]?.place
        const text = textOf(index - first, column - left)
        if (row === undefined || place === undefined || text === undefined) continue
        if (row.cells[place] !== text) cells.push({ row: row.row, column: place, text })
      }
    }
    if (cells.length > 0) setCells(cells)
  }

  /** The first row of what is chosen goes into every row below it. */
  function fillDown(): void {
    const source = rowAt(block.top)
    if (source === undefined || block.bottom === block.top) return
    const texts = columns
      .slice(block.left, block.right + 1)
      .map(({ place }) => source.cells[place] ?? '')
    void setBlock({ ...block, top: block.top + 1 }, (_, along) => texts[along])
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (editing !== undefined || event.altKey) return
    const isCommand = event.ctrlKey || event.metaKey
    const command = commandOf(event)
    if (command !== undefined) {
      event.preventDefault()
      ;({ undo, redo, fillDown })[command]()
      return
    }
    const page = Math.max(1, Math.floor(height / ROW_HEIGHT) - 1)
    const next = moveOf(event, spot, { page, total, columns: columns.length + 1 })
    if (next !== undefined) {
      event.preventDefault()
      move(next, event.shiftKey && event.key !== 'Tab')
      return
    }
    if (isCommand) return
    if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault()
      begin()
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      void setBlock(block, () => '')
    } else if (event.key === 'Escape') setChoice({ began: spot, led: spot })
    else if (event.key.length === 1) {
      event.preventDefault()
      begin(event.key)
    }
  }

  function onCopy(event: ClipboardEvent): void {
    if (editing !== undefined) return
    event.preventDefault()
    const rows = range(block.top, block.bottom).map((index) =>
      range(block.left, block.right).map(
        (column) => rowAt(index)?.cells[columns[column]?.place ?? -1] ?? '',
      ),
    )
    event.clipboardData.setData('text/plain', writeBlock(rows))
  }

  function onPaste(event: ClipboardEvent): void {
    if (editing !== undefined) return
    event.preventDefault()
    const pasted = readBlock(event.clipboardData.getData('text/plain'))
    const single = pasted.length === 1 && pasted[0]?.length === 1 ? pasted[0][0] : undefined
    const width = Math.max(...pasted.map(({ length }) => length))
    const into =
      single === undefined
        ? {
            ...{ top: block.top, left: block.left },
            ...{ bottom: block.top + pasted.length - 1, right: block.left + width - 1 },
          }
        : block
    void setBlock(into, (down, along) => single ?? pasted[down]?.[along])
  }

  useImperativeHandle(handle, () => ({
    focus: () => {
      move(spot, false)
    },
    goTo: (next) => {
      move(next, false)
    },
    edit: () => {
      move(spot, false)
      begin()
    },
    fillDown,
  }))

  // Lines are drawn seldom, and reach what is so now.
  const now = useRef({ move, begin, finish, editing })
  useLayoutEffect(() => {
    now.current = { move, begin, finish, editing }
  })
  const hand = useMemo<LineHand>(
    () => ({
      press(next, isChoosing) {
        // What is being edited is kept first.
        if (now.current.editing !== undefined && document.activeElement instanceof HTMLElement)
          document.activeElement.blur()
        now.current.move(next, isChoosing)
      },
      open: () => {
        now.current.begin()
      },
      finish: (text, next) => {
        now.current.finish(text, next)
      },
    }),
    [],
  )

  // The row that has the focus is drawn wherever it is, so that the focus is never lost.
  const drawn = range(from, to - 1)
  const kept = spot.index < from || spot.index >= to ? [spot.index, ...drawn] : drawn
  return (
    <div
      ref={area}
      className="app-grid"
      role="grid"
      aria-label="Cells of your file"
      aria-describedby="grid-keys"
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 2}
      aria-multiselectable="true"
      onScroll={(event) => {
        setScrolled(event.currentTarget.scrollTop)
      }}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
      onPaste={onPaste}
    >
      <div className="app-grid__head" role="rowgroup">
        <div
          className="app-grid__row"
          role="row"
          aria-rowindex={1}
          style={{ gridTemplateColumns: template }}
        >
          <div className="app-grid__cell app-grid__number" role="columnheader" aria-colindex={1}>
            Row
          </div>
          {columns.map(({ place, heading }, index) => (
            <div
              key={place}
              className="app-grid__cell"
              role="columnheader"
              aria-colindex={index + 2}
            >
              {heading}
            </div>
          ))}
          <div className="app-grid__cell" role="columnheader" aria-colindex={columns.length + 2}>
            What we found
          </div>
        </div>
      </div>
      <div className="app-grid__list" role="rowgroup" style={{ height: listHeight(list) }}>
        {kept.map((index) => (
          <GridLine
            key={index}
            index={index}
            row={rowAt(index)}
            columns={columns}
            words={words}
            top={top + (index - from) * ROW_HEIGHT}
            template={template}
            // A line that one is not at is drawn as before, whatever happens to others.
            at={index === spot.index ? spot.column : -1}
            chosen={index >= block.top && index <= block.bottom ? block : undefined}
            editing={index === spot.index ? editing : undefined}
            hand={hand}
          />
        ))}
      </div>
      <p id="grid-keys" className="govuk-visually-hidden">
        Arrow keys move, Enter edits, Escape leaves a cell as it was, Shift and arrows choose
        several cells. Control and Z undoes, Control and Y does again, Control and D fills down.
      </p>
    </div>
  )
}

/** What a key does that is pressed with Control. */
export function commandOf({
  ctrlKey,
  metaKey,
  key,
  shiftKey,
}: KeyboardEvent): 'undo' | 'redo' | 'fillDown' | undefined {
  if (!ctrlKey && !metaKey) return undefined
  switch (key.toLowerCase()) {
    case 'z':
      return shiftKey ? 'redo' : 'undo'
    case 'y':
      return 'redo'
    case 'd':
      return 'fillDown'
    default:
      return undefined
  }
}

/** Scrolls so far sideways that a cell is not under the row numbers or outside the grid. */
function revealSideways(area: HTMLElement | null, cell: HTMLElement): void {
  if (area === null) return
  const numbers = area.querySelector('.app-grid__number')?.clientWidth ?? 0
  const left = cell.offsetLeft - numbers
  const right = cell.offsetLeft + cell.offsetWidth
  if (left < area.scrollLeft) area.scrollLeft = left
  else if (right > area.scrollLeft + area.clientWidth) area.scrollLeft = right - area.clientWidth
}
