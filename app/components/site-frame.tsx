import type { ReactNode } from 'react'
import { headers } from 'next/headers'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import type { SignedIn } from '#server/identity/sessions/session.ts'
import { isOfProvider, may, type Right } from '#server/identity/actors/actor.ts'
import { pageOf } from '#server/portal/screens/support/reports.ts'
import { PATH_HEADER } from '../guards/refused.ts'
import { NavigationLinks } from './navigation-links.client.tsx'

interface NavigationLine {
  readonly href: string
  readonly text: string
  readonly right?: Right
  /** Whose menu it is in; others have it on their first page, since a menu is one line. */
  readonly of?: 'provider'
}

/** What the service navigation leads to; each line with the right it needs. */
const NAVIGATION: readonly NavigationLine[] = [
  { href: addresses.home, text: 'Home' },
  { href: addresses.reach, text: 'Reach', right: 'reach.see' },
  { href: addresses.lookUp, text: 'Look up', right: 'look-up.ask' },
  { href: addresses.lookUpSources, text: 'Sources', right: 'look-up.ask' },
  { href: addresses.lookUps, text: 'Look-ups', right: 'look-up.watch' },
  { href: addresses.doubts, text: 'Possible matches', right: 'doubt.see' },
  { href: addresses.submissions, text: 'Submissions', right: 'register.see' },
  { href: addresses.rights, text: 'People’s requests', right: 'rights.handle' },
  { href: addresses.audit, text: 'Audit trail', right: 'audit.see' },
  { href: addresses.users, text: 'Users', right: 'user.manage' },
  { href: addresses.hasher, text: 'Hash at source', right: 'hasher.get', of: 'provider' },
  { href: addresses.account, text: 'Your account' },
  { href: addresses.signOut, text: 'Sign out' },
]

/**
 * The header, the service navigation of whoever is signed in, and what kind of programme this is.
 */
export function SiteHeader({
  signedIn,
  programme,
}: {
  readonly signedIn: SignedIn | undefined
  readonly programme: { readonly name: string; readonly live: boolean } | undefined
}): ReactNode {
  return (
    <header className="govuk-template__header">
      <div className="govuk-generic-header app-header">
        <div className="govuk-generic-header__container govuk-width-container">
          <div className="govuk-generic-header__logo">
            <a href={addresses.home} className="govuk-generic-header__homepage-link">
              <svg
                className="app-header__mark"
                viewBox="0 0 32 32"
                aria-hidden="true"
                focusable="false"
              >
                <circle cx="16" cy="16" r="13" fill="none" stroke="#fff" strokeWidth="4" />
                <circle cx="16" cy="16" r="4.5" fill="#ffdd00" />
              </svg>
              Count Once
            </a>
          </div>
        </div>
      </div>
      {signedIn !== undefined && <Navigation signedIn={signedIn} />}
      {programme?.live === false && (
        <div className="govuk-width-container">
          <div className="govuk-phase-banner">
            <p className="govuk-phase-banner__content">
              <strong className="govuk-tag govuk-phase-banner__content__tag">Demonstration</strong>
              <span className="govuk-phase-banner__text">
                Every person in it is invented. Do not upload a real file.
              </span>
            </p>
          </div>
        </div>
      )}
    </header>
  )
}

function Navigation({ signedIn }: { readonly signedIn: SignedIn }): ReactNode {
  const links = NAVIGATION.filter(
    ({ right, of }) =>
      (right === undefined || may(signedIn.actor, right)) &&
      (of === undefined || isOfProvider(signedIn.actor)),
  ).map(({ href, text }) => ({ href, text }))
  return (
    <div className="govuk-service-navigation" data-module="govuk-service-navigation">
      <div className="govuk-width-container">
        <div className="govuk-service-navigation__container">
          <nav aria-label="Menu" className="govuk-service-navigation__wrapper">
            <button
              type="button"
              className="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
              aria-controls="navigation"
              hidden
              aria-hidden="true"
            >
              Menu
            </button>
            <NavigationLinks links={links} />
          </nav>
        </div>
      </div>
    </div>
  )
}

/** What is never stored, on every page. */
export async function SiteFooter({
  signedIn,
}: {
  readonly signedIn: SignedIn | undefined
}): Promise<ReactNode> {
  const page = (await headers()).get(PATH_HEADER) ?? ''
  return (
    <footer className="govuk-template__footer">
      <div className="govuk-footer">
        <div className="govuk-width-container">
          <div className="govuk-footer__meta">
            <div className="govuk-footer__meta-item govuk-footer__meta-item--grow">
              <h2 className="govuk-heading-s">What Count Once never stores</h2>
              <p className="govuk-body-s">
                Names, dates of birth, NHS numbers, addresses, postcodes, emails and phone numbers.
                Each is replaced by a keyed pseudonym before anything is kept, and your file is
                erased.
              </p>
              <ul className="govuk-footer__inline-list">
                <li className="govuk-footer__inline-list-item">
                  <a className="govuk-footer__link" href={addresses.privacy}>
                    Privacy and cookies
                  </a>
                </li>
                <li className="govuk-footer__inline-list-item">
                  <a className="govuk-footer__link" href={addresses.aboutYourData}>
                    About your data
                  </a>
                </li>
                {signedIn !== undefined && (
                  <li className="govuk-footer__inline-list-item">
                    <a
                      className="govuk-footer__link"
                      href={withQuery(addresses.support, { from: leastOf(page) })}
                    >
                      Something is wrong with this page
                    </a>
                  </li>
                )}
              </ul>
            </div>
          </div>
        </div>
      </div>
    </footer>
  )
}

/** Of an address what the support page keeps of it, so that no search goes on into another address. */
function leastOf(path: string): string {
  const { page, about } = pageOf(path)
  return page === addresses.support ? '' : about === '' ? page : `${page}/${about}`
}
