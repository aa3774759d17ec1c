import { headers } from 'next/headers'
import type { ReactNode } from 'react'

/**
 * Runs before any script of the page has come, and needs none. Scripts that a browser puts into the page are not
 * the page's. A page that was opened again less than 30 seconds ago is not opened once more; where nothing can be
 * remembered, none is.
 */
const LISTEN = `addEventListener('error', function (event) {
  var name = 'count-once-second-try'
  if (!(event.target instanceof HTMLScriptElement)) return
  if (new URL(event.target.src).origin !== location.origin) return
  try {
    if (Date.now() - Number(sessionStorage.getItem(name)) < 30000) return
    sessionStorage.setItem(name, String(Date.now()))
  } catch (error) {
    return
  }
  location.reload()
}, true)`

/**
 * Opens the page again, once, where a script of it was not there: while another version is rolled out, a page
 * can come from a portal of one version and its scripts from one of the other.
 */
export async function SecondTry(): Promise<ReactNode> {
  const policy = (await headers()).get('content-security-policy') ?? ''
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
  // A browser tells no script of a page the nonce of another.
  return (
    <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: LISTEN }} />
  )
}
