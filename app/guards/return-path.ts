import { isSendersAddress } from '#core/addresses/portal-addresses.ts'

/**
 * The page somebody was on when their session ended, so that signing in leads back to it. It comes
 * from the browser, so it is one of a provider's own pages or it is nothing.
 */
export function readReturnPath(given: unknown): string | undefined {
  return typeof given === 'string' && isSendersAddress(given) ? given : undefined
}

/**
 * The path of the page a form was on, from its Referer; undefined when it is not one to return to.
 */
export function returnPathOf(referer: string | null): string | undefined {
  return referer !== null && URL.canParse(referer)
    ? readReturnPath(new URL(referer).pathname)
    : undefined
}

/** The path of the page a form was on, with its query, from its Referer; undefined where there is none. */
export function pagePathOf(referer: string | null): string | undefined {
  if (referer === null || !URL.canParse(referer)) return undefined
  const { pathname, search } = new URL(referer)
  const path = pathname + search
  return path.startsWith('//') || path.length > 500 ? undefined : path
}
