import type { ReactNode } from 'react'

/** A figure with what is said below it; what is blank is not said. */
export function Noted({
  text,
  notes,
}: {
  readonly text: ReactNode
  readonly notes: readonly string[]
}): ReactNode {
  return (
    <>
      {text}
      {notes
        .filter((note) => note !== '')
        .map((note) => (
          <span key={note} className="app-cell-note">
            {note}
          </span>
        ))}
    </>
  )
}
