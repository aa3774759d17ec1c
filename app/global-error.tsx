'use client'

import type { ReactNode } from 'react'

/** The last page there is, when not even the frame could be drawn. */
export default function GlobalError({
  error,
}: {
  readonly error: Error & { digest?: string }
}): ReactNode {
  return (
    <html lang="en-GB">
      <body>
        <title>Sorry, there is a problem with the service – Count Once</title>
        <main>
          <h1>Sorry, there is a problem with the service</h1>
          <p>Try again in a minute. Nothing was left half done.</p>
          <p>
            If it keeps happening, tell your administrator this reference: {error.digest ?? 'none'}
          </p>
        </main>
      </body>
    </html>
  )
}
