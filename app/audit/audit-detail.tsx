import type { ReactNode } from 'react'

/** What an entry tells besides: names and values of codes, counts and references. */
export function AuditDetail({
  detail,
}: {
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
}): ReactNode {
  const entries = Object.entries(detail)
  if (entries.length === 0) return null
  return (
    <ul className="app-detail govuk-body-s">
      {entries.map(([name, value]) => (
        <li key={name}>
          {name}: {shown(value)}
        </li>
      ))}
    </ul>
  )
}

function shown(value: string | number | boolean | null): string {
  if (value === null) return 'none'
  if (typeof value === 'number') return value.toLocaleString('en-GB')
  return String(value)
}
