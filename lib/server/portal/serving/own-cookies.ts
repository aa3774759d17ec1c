/**
 * Of a request's cookies those that are ours, each once: what other programs of the same host set is
 * nobody's business here, and a thousand of them would keep a page busy for a second.
 */
export function ownCookies(header: string, names: ReadonlySet<string>): string {
  const own = new Map<string, string>()
  for (const pair of header.split(';')) {
    const name = pair.slice(0, pair.indexOf('=')).trim()
    // A browser names the cookie of the longest path first.
    if (names.has(name) && !own.has(name)) own.set(name, pair.trim())
  }
  return [...own.values()].join('; ')
}
