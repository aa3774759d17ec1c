import { CODE_PAGES, isCodePage } from './code-pages.ts'
import type { Encoding } from '#core/tabular/table.ts'
import { undoTwiceEncoded } from './twice-encoded.ts'

/** Turns the bytes of one file, in pieces, into text. */
export interface PieceDecoder {
  /** The text of the next bytes; of the last bytes when nothing comes after them. */
  decode(bytes: Uint8Array, last: boolean): string
}

/**
 * A decoder that begins at the start of a file. No byte is dropped: one that is no text in the
 * encoding becomes U+FFFD.
 */
export function openDecoder(encoding: Encoding): PieceDecoder {
  if (isCodePage(encoding)) return new PageDecoder(CODE_PAGES[encoding])
  if (encoding === 'utf-8-twice') return new TwiceDecoder()
  return new PlainDecoder(encoding)
}

class PlainDecoder implements PieceDecoder {
  readonly #decoder: TextDecoder

  constructor(encoding: string) {
    this.#decoder = new TextDecoder(encoding)
  }

  decode(bytes: Uint8Array, last: boolean): string {
    return this.#decoder.decode(bytes, { stream: !last })
  }
}

/**
 * Pieces end where lines do, so that what was encoded twice is whole in one of them, but where a
 * line is longer than a piece.
 */
class TwiceDecoder implements PieceDecoder {
  readonly #decoder = new PlainDecoder('utf-8')

  decode(bytes: Uint8Array, last: boolean): string {
    return undoTwiceEncoded(this.#decoder.decode(bytes, last))
  }
}

/** One byte a character, as an upper half says. */
class PageDecoder implements PieceDecoder {
  readonly #units: Uint16Array
  readonly #decoder = new TextDecoder('utf-16le')

  constructor(upperHalf: string) {
    this.#units = Uint16Array.from({ length: 256 }, (_, byte) =>
      byte < 128 ? byte : upperHalf.charCodeAt(byte - 128),
    )
  }

  decode(bytes: Uint8Array): string {
    const text = new Uint8Array(bytes.length * 2)
    for (let at = 0; at < bytes.length; at += 1) {
      const unit = this.#units[bytes[at] ?? 0] ?? 0
      text[at * 2] = unit & 0xff
      text[at * 2 + 1] = unit >> 8
    }
    return this.#decoder.decode(text)
  }
}
