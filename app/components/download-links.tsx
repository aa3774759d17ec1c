import type { ReactNode } from 'react'

/** Where the tables of a page are to be had as files. */
export function DownloadLinks({
  what,
  file,
  children,
}: {
  /** What is downloaded: "it", "these tables". */
  readonly what: string
  /** The address of a form of it. */
  readonly file: (form: 'csv' | 'xlsx') => string
  readonly children?: ReactNode
}): ReactNode {
  return (
    <p className="govuk-body app-no-print">
      Download {what} as{' '}
      <a className="govuk-link" href={file('csv')} download>
        CSV
      </a>{' '}
      or as{' '}
      <a className="govuk-link" href={file('xlsx')} download>
        a workbook
      </a>
      .{children}
    </p>
  )
}
