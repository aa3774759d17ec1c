/**
 * Netstrings: what is framed by its length cannot be mistaken for anything else, whatever stands
 * beside it. Source: docs/pseudonymisation.md, "Framing and keys".
 */
const COLON = 0x3a
const COMMA = 0x2c
const ZERO = 0x30

const encoder = new TextEncoder()

/** Every message begins with the name of the application and the version of the specification. */
const FRAME_BEGINNING: Uint8Array = joinBytes([netstring('countonce'), netstring('1')])

/** One netstring of text (as UTF-8) or bytes. */
export function netstring(content: string | Uint8Array): Uint8Array {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content
  return joinBytes([encoder.encode(`${bytes.length}:`), bytes, encoder.encode(',')])
}

/** A message under this version: the beginning, then each part framed. */
export function frameMessage(parts: readonly (string | Uint8Array)[]): Uint8Array {
  return joinBytes([FRAME_BEGINNING, ...parts.map(netstring)])
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** The most bytes the netstring of a text can take: three a UTF-16 unit, and its frame. */
export function netstringRoom(text: string): number {
  return text.length * 3 + 18
}

/**
 * Writes the netstring of well-formed text into `to` at `at`, where there is room for it; answers
 * where it ends.
 */
export function writeNetstring(text: string, to: Uint8Array, at: number): number {
  const length = utf8Length(text)
  let end = writeDecimal(length, to, at)
  to[end++] = COLON
  if (length === text.length) {
    for (let i = 0; i < length; i++) to[end++] = text.charCodeAt(i)
  } else {
    end += encoder.encodeInto(text, to.subarray(end)).written
  }
  to[end++] = COMMA
  return end
}

function utf8Length(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    // A surrogate is half of four bytes, anything else from U+0800 takes three.
    if (code > 0x7f) length += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1
  }
  return length
}

function writeDecimal(value: number, to: Uint8Array, at: number): number {
  let end = at
  let divisor = 1
  while (divisor * 10 <= value) divisor *= 10
  for (; divisor >= 1; divisor = Math.floor(divisor / 10)) {
    to[end++] = ZERO + (Math.floor(value / divisor) % 10)
  }
  return end
}
