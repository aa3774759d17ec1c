import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'

const PAGES = [
  { href: addresses.reach, text: 'Released figures' },
  { href: addresses.dashboard, text: 'Programme' },
  { href: addresses.impact, text: 'Collective impact' },
  { href: addresses.exactReach, text: 'Exact reach', right: 'exact.see' },
  { href: addresses.overlap, text: 'Overlap of services', right: 'exact.see' },
  { href: addresses.use, text: 'Use of services', right: 'exact.see' },
  { href: addresses.pathways, text: 'Pathways', right: 'exact.see' },
  { href: addresses.scorecard, text: 'Scorecard', right: 'exact.see' },
  { href: addresses.wards, text: 'Wards', right: 'exact.see' },
  { href: addresses.notReached, text: 'Not reached', right: 'exact.see' },
  { href: addresses.quality, text: 'Data quality', right: 'exact.see' },
  { href: addresses.method, text: 'How people are counted' },
] as const

/** The address of one of the pages about reach. */
export type ReachPage = (typeof PAGES)[number]['href']

/** The pages about reach that an actor may open. */
export function ReachTabs({
  actor,
  here,
}: {
  readonly actor: Actor
  readonly here: ReachPage
}): ReactNode {
  const shown = PAGES.filter((page) => !('right' in page) || may(actor, page.right))
  return (
    <nav className="app-tabs" aria-label="Reach">
      <ul className="app-tabs__list">
        {shown.map(({ href, text }) => (
          <li key={href} className="govuk-body app-tabs__item">
            <a
              className="govuk-link govuk-link--no-visited-state app-tabs__link"
              href={href}
              aria-current={href === here ? 'page' : undefined}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
