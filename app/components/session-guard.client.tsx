'use client'

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { SIGNED_IN_AGAIN, SIGNED_OUT } from './signed-out.client.ts'

/** How long before its end a session is said to end, in milliseconds. */
const WARN_MS = 2 * 60_000
/** How long a session goes on after a page was asked for, as far as a page knows. */
const FRESH_MS = 28 * 60_000
/** How often it is asked again whether somebody has signed in. */
const LOOKS_APART_MS = 5_000
/** How soon it is asked again where no answer came. */
const AGAIN_MS = 30_000

/** What the page says of the session; `until` is when it ends, `isLast` that it cannot go on. */
type Told =
  | { readonly is: 'fine' | 'over' }
  | { readonly is: 'ending'; readonly until: Date; readonly isLast: boolean }

/** How the session stands: whose it is, and how long it goes on. */
interface Left {
  readonly userId: string
  readonly seconds: number
  readonly isLast: boolean
}

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/**
 * Warns two minutes before the session ends, and covers the page once it has ended, so that nobody
 * reads what is on it. What was typed stays on the page: who signs in again in another tab goes on
 * with it. Without script pages say at the next request that the session has ended.
 */
export function SessionGuard({ user }: { readonly user: string }): ReactNode {
  const [told, setTold] = useState<Told>({ is: 'fine' })
  const dialog = useRef<HTMLDialogElement>(null)
  const look = useRef<(method?: 'GET' | 'POST') => void>(() => undefined)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isGone = false
    let wasOver = false
    const again = (wait: number): void => {
      clearTimeout(timer)
      timer = setTimeout(() => void ask('GET'), wait)
    }
    const ask = async (method: 'GET' | 'POST'): Promise<void> => {
      const left = await readLeft(method)
      if (isGone) return
      if (left === undefined) again(AGAIN_MS)
      else if (left === 'over') {
        wasOver = true
        setTold({ is: 'over' })
        again(LOOKS_APART_MS)
      } else if (left.userId !== user) window.location.reload()
      else {
        const time = left.seconds * 1000
        const isEnding = time <= WARN_MS
        const until = new Date(Date.now() + time)
        setTold(isEnding ? { is: 'ending', until, isLast: left.isLast } : { is: 'fine' })
        again(isEnding ? Math.min(time + 1000, LOOKS_APART_MS) : time - WARN_MS)
        if (wasOver) window.dispatchEvent(new Event(SIGNED_IN_AGAIN))
        wasOver = false
      }
    }
    look.current = (method = 'GET') => void ask(method)
    // A computer that slept has not counted the time.
    let lookedAt = Date.now()
    const seen = (): void => {
      if (document.visibilityState === 'hidden' || Date.now() - lookedAt < LOOKS_APART_MS) return
      lookedAt = Date.now()
      void ask('GET')
    }
    const over = (): void => void ask('GET')
    again(FRESH_MS - WARN_MS)
    document.addEventListener('visibilitychange', seen)
    window.addEventListener(SIGNED_OUT, over)
    return () => {
      isGone = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', seen)
      window.removeEventListener(SIGNED_OUT, over)
    }
  }, [user])

  useEffect(() => {
    const { current } = dialog
    if (told.is === 'fine') current?.close()
    else if (current?.open === false) current.showModal()
  }, [told.is])

  return (
    <dialog
      ref={dialog}
      className={`app-session${told.is === 'over' ? ' app-session--over' : ''}`}
      aria-labelledby="session-title"
      onCancel={(event) => {
        // Escape is no answer to a session that is over; to one that ends it is to stay.
        event.preventDefault()
        if (told.is === 'ending' && !told.isLast) look.current('POST')
      }}
    >
      {told.is === 'ending' && (
        <Ending
          until={told.until}
          isLast={told.isLast}
          stay={() => {
            look.current('POST')
          }}
        />
      )}
      {told.is === 'over' && <Over />}
    </dialog>
  )
}

function Ending({
  until,
  isLast,
  stay,
}: {
  readonly until: Date
  readonly isLast: boolean
  readonly stay: () => void
}): ReactNode {
  return (
    <>
      <h2 className="govuk-heading-m" id="session-title">
        You will be signed out at {TIME.format(until)}
      </h2>
      {isLast ? (
        <p className="govuk-body">
          You have been signed in for 12 hours. What you have typed stays on this page while you
          sign in again.
        </p>
      ) : (
        <>
          <p className="govuk-body">
            You have done nothing here for a while. We sign you out to keep people’s data safe.
          </p>
          <button type="button" className="govuk-button" onClick={stay}>
            Stay signed in
          </button>
        </>
      )}
      <p className="govuk-body govuk-!-margin-bottom-0">
        <a className="govuk-link" href={addresses.signOut}>
          Sign out
        </a>
      </p>
    </>
  )
}

function Over(): ReactNode {
  return (
    <>
      <h2 className="govuk-heading-m" id="session-title">
        You have been signed out
      </h2>
      <p className="govuk-body">
        What you typed is still on this page. Sign in again in a new tab, then come back to this one
        and go on.
      </p>
      <p className="govuk-body">
        <a
          className="govuk-button govuk-!-margin-bottom-0"
          role="button"
          href={addresses.signIn}
          target="_blank"
          rel="noopener"
        >
          Sign in (opens in a new tab)
        </a>
      </p>
    </>
  )
}

/** How the session stands; `over` when there is none, undefined where no answer of ours came. */
async function readLeft(method: 'GET' | 'POST'): Promise<Left | 'over' | undefined> {
  try {
    const response = await fetch(addresses.session, { method })
    if (response.status === 401) return 'over'
    return response.ok ? ((await response.json()) as Left) : undefined
  } catch {
    return undefined
  }
}
