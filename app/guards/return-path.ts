/**
 * Where somebody was when their session was over, so that they are there again after signing in: a page of the provider's way and
 * nothing else. It comes from the browser, so it is a path of ours or it is nothing.
 */
export function readReturnPath(given: unknown): string | undefined {
  return typeof given === 'string' && /^\/sen[dt]\/[A-Za-z0-9/_-]{1,200}$/.test(given)
    ? given
    : undefined
}

/** What to add to the address of the sign-in page. */
export function returnQuery(given: unknown, first: '?' | '&' = '?'): string {
  const path = readReturnPath(given)
  return path === undefined ? '' : `${first}to=${encodeURIComponent(path)}`
}

/** The path of the page a form was on, from its Referer; undefined when it is not one to return to. */
export function returnPathOf(referer: string | null): string | undefined {
  return referer !== null && URL.canParse(referer)
    ? readReturnPath(new URL(referer).pathname)
    : undefined
}
