'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'

/** The links of the service navigation; the one whose part of the portal is open says so. */
export function NavigationLinks({
  links,
}: {
  readonly links: readonly { readonly href: string; readonly text: string }[]
}): ReactNode {
  const path = usePathname()
  const isAround = (href: string): boolean =>
    path === href || (href !== addresses.home && path.startsWith(`${href}/`))
  // A part may lie within another that has a link too: the narrowest is open.
  const open = links
    .map(({ href }) => href)
    .filter(isAround)
    .reduce((narrowest, href) => (href.length > narrowest.length ? href : narrowest), '')
  return (
    <ul className="govuk-service-navigation__list" id="navigation">
      {links.map(({ href, text }) => {
        const here = path === href
        const within = href === open
        return (
          <li
            key={href}
            className={`govuk-service-navigation__item${within ? ' govuk-service-navigation__item--active' : ''}`}
          >
            <a
              className="govuk-service-navigation__link"
              href={href}
              aria-current={here ? 'page' : within ? 'true' : undefined}
            >
              {within ? (
                <strong className="govuk-service-navigation__active-fallback">{text}</strong>
              ) : (
                text
              )}
            </a>
          </li>
        )
      })}
    </ul>
  )
}
