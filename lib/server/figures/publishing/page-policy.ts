import { createHash } from 'node:crypto'
import { PAGE_STYLE } from './page-style.ts'

const STYLE_DIGEST = createHash('sha256').update(PAGE_STYLE).digest('base64')

/** The Content-Security-Policy of a page that `writePage` wrote: its own style, and nothing that runs or is sent. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_DIGEST}'`,
  "img-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
