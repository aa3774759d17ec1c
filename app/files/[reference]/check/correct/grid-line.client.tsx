'use client'

import { memo, useLayoutEffect, useRef, type ReactNode } from 'react'
import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { Words } from '#core/messages/words.ts'
import { LONGEST_TEXT, type GridColumn, type GridRow } from '#core/grid/grid-rows.ts'
import { cellId, type Spot } from '#core/grid/grid-moves.ts'
import { rowNote } from '#core/grid/row-note.ts'
import { CELL_NOTES } from './cell-detail.client.tsx'

/** What a line is drawn from. */
export interface GridLineProps {
  readonly index: number
  /** Undefined while it is fetched. */
  readonly row: GridRow | undefined
  readonly columns: readonly GridColumn[]
  readonly words: ReadonlyMap<FindingCode, Words>
  /** How far down it stands, in pixels. */
  readonly top: number
  readonly template: string
  /** The column that one is at; -1 where one is at another row. */
  readonly at: number
  /** The columns that are chosen in it. */
  readonly chosen: { readonly left: number; readonly right: number } | undefined
  readonly editing: { readonly text: string | undefined } | undefined
  readonly hand: LineHand
}

/** What a person does to a line; the same for every line. */
export interface LineHand {
  readonly press: (spot: Spot, isChoosing: boolean) => void
  readonly open: () => void
  /** Without a next cell the focus is elsewhere already. */
  readonly finish: (text: string | undefined, next: Spot | undefined) => void
}

/** One row of the grid. */
export const GridLine = memo(drawLine, isDrawnAlike)

function drawLine({
  index,
  row,
  columns,
  words,
  top,
  template,
  at,
  chosen,
  editing,
  hand,
}: GridLineProps): ReactNode {
  const found = row?.findings.length ?? 0
  return (
    <div
      className="app-grid__row"
      role="row"
      aria-rowindex={index + 2}
      style={{ top, gridTemplateColumns: template }}
    >
      <div
        className={`app-grid__cell app-grid__number${found > 0 ? ' app-grid__number--found' : ''}`}
        role="rowheader"
        aria-colindex={1}
      >
        {row?.place ?? '…'}
      </div>
      {columns.map(({ place, heading }, column) => {
        const here = row?.findings.filter((finding) => finding.column === place) ?? []
        const original = row?.originals[place]
        const isAt = column === at
        const isChosen = chosen !== undefined && column >= chosen.left && column <= chosen.right
        const kinds = [
          here.length > 0 ? ' app-grid__cell--found' : '',
          original !== undefined ? ' app-grid__cell--corrected' : '',
          isChosen ? ' app-grid__cell--chosen' : '',
        ]
        return (
          <div
            key={place}
            id={cellId({ index, column })}
            className={`app-grid__cell${kinds.join('')}`}
            role="gridcell"
            aria-colindex={column + 2}
            aria-selected={isChosen}
            aria-invalid={here.length > 0 ? true : undefined}
            aria-describedby={isAt && here.length > 0 ? CELL_NOTES : undefined}
            tabIndex={isAt ? 0 : -1}
            onMouseDown={(event) => {
              if (isAt && editing !== undefined) return
              event.preventDefault()
              hand.press({ index, column }, event.shiftKey)
            }}
            onFocus={(event) => {
              // A screen reader gives the focus without a key or a press.
              if (!isAt && event.target === event.currentTarget)
                hand.press({ index, column }, false)
            }}
            onDoubleClick={hand.open}
          >
            {isAt && editing !== undefined ? (
              <CellEditor
                label={`${heading}, row ${row?.place ?? ''}`}
                text={row?.cells[place] ?? ''}
                initial={editing.text}
                finish={(text, step) => {
                  const [down, along] = step ?? [0, 0]
                  const next = { index: index + down, column: column + along }
                  hand.finish(text, step === undefined ? undefined : next)
                }}
              />
            ) : (
              <>
                {row?.cells[place] ?? ''}
                {(here.length > 0 || original !== undefined) && (
                  <span className="govuk-visually-hidden">
                    {here.map(({ code }) => `. ${words.get(code)?.title ?? ''}`).join('')}
                    {original !== undefined && '. Corrected'}
                  </span>
                )}
              </>
            )}
          </div>
        )
      })}
      <NoteCell {...{ index, row, columns, words, hand }} isAt={at === columns.length} />
    </div>
  )
}

/** What is found in a row, in words, in a cell of its own that is read and not corrected. */
function NoteCell({
  index,
  row,
  columns,
  words,
  isAt,
  hand,
}: Pick<GridLineProps, 'index' | 'row' | 'columns' | 'words' | 'hand'> & {
  readonly isAt: boolean
}): ReactNode {
  const column = columns.length
  return (
    <div
      id={cellId({ index, column })}
      className="app-grid__cell app-grid__note"
      role="gridcell"
      aria-colindex={column + 2}
      aria-readonly="true"
      aria-describedby={isAt && row !== undefined ? CELL_NOTES : undefined}
      tabIndex={isAt ? 0 : -1}
      onMouseDown={(event) => {
        event.preventDefault()
        hand.press({ index, column }, event.shiftKey)
      }}
      onFocus={() => {
        if (!isAt) hand.press({ index, column }, false)
      }}
    >
      {row === undefined ? '' : rowNote(row, columns, (code) => words.get(code)?.title)}
    </div>
  )
}

/** A line that one is not at is the same as long as its row and its place are. */
function isDrawnAlike(before: GridLineProps, after: GridLineProps): boolean {
  const isPlain = (line: GridLineProps): boolean => line.at < 0 && line.chosen === undefined
  return (
    isPlain(before) &&
    isPlain(after) &&
    before.row === after.row &&
    before.top === after.top &&
    before.columns === after.columns &&
    before.template === after.template
  )
}

/** The line in which a cell is edited. */
function CellEditor({
  label,
  text,
  initial,
  finish,
}: {
  readonly label: string
  readonly text: string
  readonly initial: string | undefined
  /** With how far down and along to go; without it the focus is elsewhere. */
  readonly finish: (text: string | undefined, step?: readonly [down: number, along: number]) => void
}): ReactNode {
  const line = useRef<HTMLInputElement>(null)
  const isOver = useRef(false)
  useLayoutEffect(() => {
    line.current?.focus()
    if (initial === undefined) line.current?.select()
  }, [initial])
  const end = (given: string | undefined, step?: readonly [number, number]): void => {
    if (isOver.current) return
    isOver.current = true
    // A line holds no line break: a cell with one that was left alone stays as it is.
    const isLeftAlone = given === text.replace(/[\r\n]/g, '')
    finish(isLeftAlone ? undefined : given, step)
  }
  return (
    <input
      ref={line}
      className="app-grid__editor"
      type="text"
      autoComplete="off"
      spellCheck={false}
      maxLength={LONGEST_TEXT}
      aria-label={label}
      defaultValue={initial ?? text}
      onBlur={(event) => {
        end(event.target.value)
      }}
      onKeyDown={(event) => {
        const { value } = event.currentTarget
        if (event.key === 'Enter') end(value, [event.shiftKey ? -1 : 1, 0])
        else if (event.key === 'Tab') end(value, [0, event.shiftKey ? -1 : 1])
        else if (event.key === 'Escape') end(undefined, [0, 0])
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    />
  )
}
