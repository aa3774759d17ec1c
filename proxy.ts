import { NextResponse, type NextRequest } from 'next/server'

/**
 * Gives each page its Content-Security-Policy with a nonce of its own, which Next puts on the
 * scripts it writes. It decides nothing about who may see what: that is every server function's,
 * and holds without this file.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  const headers = new Headers(request.headers)
  headers.set('Content-Security-Policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

/**
 * Files of the build have a policy of their own (next.config.js), and so have a report, whose style is in it, the page that
 * leads to an organisation, an upload, whose answer leads elsewhere, and what programs send: what passes here is
 * held in memory and cut at 10 MB.
 */
export const config = {
  matcher: [
    '/((?!_next/static/|favicon[.]svg$|published(?:/|$)|api/auth/signin/|reach/report/[^/]+/[^/]+$|send/[^/]+/[^/]+/file$|api/submissions/).*)',
  ],
}
