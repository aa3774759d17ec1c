import { heading, link, paragraph, writePage } from '#server/figures/publishing/page-parts.ts'
import { PAGE_POLICY } from '#server/figures/publishing/page-policy.ts'

/**
 * Leads a browser on to its organisation by a page that goes there at once, and has a link where a
 * browser does not: a redirect would still be the form's, which may lead nowhere but here. `given` is
 * what next-auth's own redirect said besides.
 */
export function leadToOrganisation(
  { place, organisation }: { readonly place: string; readonly organisation: string },
  given: Headers,
): Response {
  const headers = new Headers(given)
  headers.delete('location')
  headers.set('refresh', `0; url=${place}`)
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.set('content-security-policy', PAGE_POLICY)
  const page = writePage(
    { title: `Go to ${organisation}`, programme: 'Count Once' },
    [
      heading(1, `Taking you to ${organisation}`),
      paragraph('If nothing happens, follow this link.'),
      link(place, `Go to ${organisation}`),
    ],
    [],
  )
  return new Response(page, { headers })
}
