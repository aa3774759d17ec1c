import type { ReactNode } from 'react'
import { encode } from 'uqr'

/**
 * A QR code as a picture of one path, written by the server: no script and no address of anybody
 * else.
 */
export function QrCode({
  text,
  label,
}: {
  readonly text: string
  readonly label: string
}): ReactNode {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  return (
    <svg
      className="app-qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  )
}
