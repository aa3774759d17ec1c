/**
 * The files of a form as they come: multipart/form-data (RFC 7578) read piece by piece, so that no file is ever whole in memory.
 * The names that the browser gives them are not read: file names may hold people's names.
 */

/** A form that broke off before its end, or is none. */
export class FormBroken extends Error {
  constructor() {
    super('the form is not whole')
    this.name = 'FormBroken'
  }
}

const HEADER_LIMIT = 16 * 1024
const CRLF2 = Buffer.from('\r\n\r\n')

/** The boundary between the parts of a form, from its content type; undefined when it is no such form. */
export function boundaryOf(contentType: string | null): string | undefined {
  const [, quoted, plain] =
    /^multipart\/form-data;.*?boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
      (contentType ?? '').slice(0, 300),
    ) ?? []
  return quoted ?? plain
}

/**
 * The parts called `field`, one after another, each as its bytes: what is not read of one is passed over when the next is asked
 * for. Throws FormBroken when the form ends before it is complete: then nothing that was yielded may be kept.
 */
export async function* readFormFiles(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  field: string,
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  const pieces = body[Symbol.asyncIterator]()
  // As if a line break came before the first boundary too.
  let held = Buffer.from('\r\n')
  const mark = Buffer.from(`\r\n--${boundary}`)
  const more = async (): Promise<boolean> => {
    const next = await pieces.next()
    if (next.done === true) return false
    held = held.length === 0 ? Buffer.from(next.value) : Buffer.concat([held, next.value])
    return true
  }
  const demand = async (length: number): Promise<void> => {
    while (held.length < length) if (!(await more())) throw new FormBroken()
  }
  // What stands before the first boundary is nothing.
  await skipTo(mark)
  for (;;) {
    await demand(2)
    if (held.subarray(0, 2).toString('latin1') === '--') return
    const wanted = isField(await readHeaders(), field)
    const part = partBytes()
    // Whoever is done with a part ends its reading: a generator of its own keeps the rest to be passed over.
    if (wanted) yield passOn(part)
    for (;;) if ((await part.next()).done === true) break
  }

  async function* passOn(part: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = await part.next()
      if (next.done === true) return
      yield next.value
    }
  }

  async function skipTo(what: Buffer): Promise<void> {
    for (;;) {
      const at = held.indexOf(what)
      if (at >= 0) {
        held = held.subarray(at + what.length)
        return
      }
      if (held.length > HEADER_LIMIT || !(await more())) throw new FormBroken()
    }
  }

  async function readHeaders(): Promise<string> {
    for (;;) {
      const at = held.indexOf(CRLF2)
      if (at >= 0) {
        const headers = held.subarray(0, at).toString('latin1')
        held = held.subarray(at + CRLF2.length)
        return headers
      }
      if (held.length > HEADER_LIMIT || !(await more())) throw new FormBroken()
    }
  }

  async function* partBytes(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = held.indexOf(mark)
      if (at >= 0) {
        const bytes = held.subarray(0, at)
        held = held.subarray(at + mark.length)
        if (bytes.length > 0) yield bytes
        return
      }
      // The last bytes may be the beginning of the boundary.
      const sure = held.length - mark.length
      if (sure > 0) {
        const bytes = held.subarray(0, sure)
        held = held.subarray(sure)
        yield bytes
      }
      if (!(await more())) throw new FormBroken()
    }
  }
}

function isField(headers: string, field: string): boolean {
  return headers.split('\r\n').some((line) => {
    const [name = '', ...rest] = line.split(':')
    return (
      name.trim().toLowerCase() === 'content-disposition' &&
      rest
        .join(':')
        .split(';')
        .some((part) => part.trim() === `name="${field}"`)
    )
  })
}
