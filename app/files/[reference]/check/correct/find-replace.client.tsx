'use client'

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { LONGEST_TEXT, type GridColumn } from '#core/grid/grid-rows.ts'
import type { Replacement } from '#core/preparation/corrections/replace-text.ts'

/** Replaces a text in all cells of one column, also of rows that are not shown. */
export function FindReplace({
  columns,
  initial,
  replace,
  close,
}: {
  readonly columns: readonly GridColumn[]
  /** The column that is chosen at first, by its place among them. */
  readonly initial: number
  readonly replace: (place: number, replacement: Replacement) => void
  readonly close: () => void
}): ReactNode {
  const [place, setPlace] = useState(columns[initial]?.place ?? 0)
  const [find, setFind] = useState('')
  const [text, setText] = useState('')
  const [isWhole, setIsWhole] = useState(true)
  const [isExact, setIsExact] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus()
  }, [])
  return (
    <form
      className="app-correct__replace"
      aria-label="Find and replace"
      onSubmit={(event) => {
        event.preventDefault()
        if (find !== '' || isWhole) replace(place, { find, replace: text, isWhole, isExact })
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <div className="app-correct__fields">
        <div className="govuk-form-group">
          <label className="govuk-label" htmlFor="replace-column">
            Column
          </label>
          <select
            className="govuk-select"
            id="replace-column"
            value={place}
            onChange={(event) => {
              setPlace(Number(event.target.value))
            }}
          >
            {columns.map((column) => (
              <option key={column.place} value={column.place}>
                {column.heading}
              </option>
            ))}
          </select>
        </div>
        <TextLine id="replace-find" label="Find" value={find} change={setFind} field={field} />
        <TextLine id="replace-text" label="Replace with" value={text} change={setText} />
      </div>
      <div className="govuk-checkboxes govuk-checkboxes--small app-boxes">
        <Tick id="replace-whole" label="Whole cell" isTicked={isWhole} change={setIsWhole} />
        <Tick
          id="replace-exact"
          label="Match capital letters"
          isTicked={isExact}
          change={setIsExact}
        />
      </div>
      <div className="govuk-button-group">
        <button type="submit" className="govuk-button">
          Replace in the whole column
        </button>
        <button type="button" className="govuk-button govuk-button--secondary" onClick={close}>
          Close
        </button>
      </div>
    </form>
  )
}

function TextLine({
  id,
  label,
  value,
  change,
  field,
}: {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly change: (value: string) => void
  readonly field?: React.Ref<HTMLInputElement>
}): ReactNode {
  return (
    <div className="govuk-form-group">
      <label className="govuk-label" htmlFor={id}>
        {label}
      </label>
      <input
        className="govuk-input"
        ref={field}
        id={id}
        type="text"
        autoComplete="off"
        spellCheck={false}
        maxLength={LONGEST_TEXT}
        value={value}
        onChange={(event) => {
          change(event.target.value)
        }}
      />
    </div>
  )
}

function Tick({
  id,
  label,
  isTicked,
  change,
}: {
  readonly id: string
  readonly label: string
  readonly isTicked: boolean
  readonly change: (isTicked: boolean) => void
}): ReactNode {
  return (
    <div className="govuk-checkboxes__item">
      <input
        className="govuk-checkboxes__input"
        id={id}
        type="checkbox"
        checked={isTicked}
        onChange={(event) => {
          change(event.target.checked)
        }}
      />
      <label className="govuk-label govuk-checkboxes__label" htmlFor={id}>
        {label}
      </label>
    </div>
  )
}
