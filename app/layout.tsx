import type { Metadata, Viewport } from 'next'
import { Suspense, type ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ArriveAtHeading } from './components/arrive-at-heading.client.tsx'
import { GovukScripts } from './components/govuk-scripts.client.tsx'
import { SessionGuard } from './components/session-guard.client.tsx'
import { SignOnForm } from './components/sign-on-button.tsx'
import { SiteFooter, SiteHeader } from './components/site-frame.tsx'
import { SecondTry } from './components/second-try.tsx'
import { KeptValues } from './components/kept-values.client.tsx'
import { Notice } from './components/notices.tsx'
import { readKeptValues } from './guards/kept-values.ts'
import { openRequest } from './guards/request-context.ts'
import { readSignedIn } from './guards/require-actor.ts'
import './styles.scss'
import './figures.scss'

export const metadata: Metadata = {
  title: { default: 'Count Once', template: '%s – Count Once' },
  robots: { index: false, follow: false },
  icons: { icon: addresses.icon },
}

export const viewport: Viewport = { themeColor: '#1d3f72' }

const NOTHING_KEPT = {}

/** The frame of every page. */
export default async function Layout({
  children,
}: {
  readonly children: ReactNode
}): Promise<ReactNode> {
  const { portal } = await openRequest()
  const signedIn = await readSignedIn()
  const kept = signedIn === undefined ? undefined : await readKeptValues()
  return (
    <html lang="en-GB" className="govuk-template">
      <head>
        <SecondTry />
      </head>
      <body className="govuk-template__body" suppressHydrationWarning>
        <a href="#main-content" className="govuk-skip-link" data-module="govuk-skip-link">
          Skip to main content
        </a>
        <SiteHeader signedIn={signedIn} programme={portal.programme} />
        <div className="govuk-width-container">
          <main className="govuk-main-wrapper" id="main-content" tabIndex={-1}>
            {kept !== undefined && (
              <Notice title="Signed in again">
                <p className="govuk-notification-banner__heading">
                  You were signed out before this was sent. What you typed is back.
                </p>
                <p className="govuk-body">Check it and send it again. Nothing has been done yet.</p>
              </Notice>
            )}
            <KeptValues values={kept ?? NOTHING_KEPT}>{children}</KeptValues>
          </main>
        </div>
        {portal.signOn !== undefined && <SignOnForm />}
        <SiteFooter signedIn={signedIn} />
        <GovukScripts />
        <Suspense>
          <ArriveAtHeading />
        </Suspense>
        {signedIn !== undefined && <SessionGuard user={signedIn.actor.userId} />}
      </body>
    </html>
  )
}
