import type { ReactNode } from 'react'

/** Where the pages before and after this one are; left out where there is none. */
export function Pagination({
  label,
  previous,
  next,
}: {
  readonly label: string
  readonly previous?: { readonly href: string; readonly text: string } | undefined
  readonly next?: { readonly href: string; readonly text: string } | undefined
}): ReactNode {
  if (previous === undefined && next === undefined) return null
  return (
    <nav className="govuk-pagination" aria-label={label}>
      {previous !== undefined && (
        <div className="govuk-pagination__prev">
          <a className="govuk-link govuk-pagination__link" href={previous.href} rel="prev">
            <svg
              className="govuk-pagination__icon govuk-pagination__icon--prev"
              xmlns="http://www.w3.org/2000/svg"
              height="13"
              width="15"
              aria-hidden="true"
              focusable="false"
              viewBox="0 0 15 13"
            >
              <path d="m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z" />
            </svg>{' '}
            <span className="govuk-pagination__link-title">{previous.text}</span>
          </a>
        </div>
      )}
      {next !== undefined && (
        <div className="govuk-pagination__next">
          <a className="govuk-link govuk-pagination__link" href={next.href} rel="next">
            <span className="govuk-pagination__link-title">{next.text}</span>{' '}
            <svg
              className="govuk-pagination__icon govuk-pagination__icon--next"
              xmlns="http://www.w3.org/2000/svg"
              height="13"
              width="15"
              aria-hidden="true"
              focusable="false"
              viewBox="0 0 15 13"
            >
              <path d="m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z" />
            </svg>
          </a>
        </div>
      )}
    </nav>
  )
}

/** The same of pages that are numbered from 1. */
export function NumberedPages({
  label,
  page,
  pages,
  toPage,
}: {
  readonly label: string
  readonly page: number
  readonly pages: number
  readonly toPage: (page: number) => string
}): ReactNode {
  const link = (to: number): { href: string; text: string } => ({
    href: toPage(to),
    text: `Page ${to} of ${pages}`,
  })
  return (
    <Pagination
      label={label}
      previous={page > 1 ? link(page - 1) : undefined}
      next={page < pages ? link(page + 1) : undefined}
    />
  )
}
