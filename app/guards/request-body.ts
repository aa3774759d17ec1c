import { FormBroken } from '#server/intake/journey/multipart-file.ts'

/**
 * Of a body that is not wanted so much is thrown away unread, so that whoever sends it reads the
 * answer.
 */
const THROWN_AWAY = 64 * 1024 * 1024

/** The pieces of the body; a connection that is lost ends in FormBroken. */
export async function* readBody(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader()
  if (reader === undefined) return
  for (;;) {
    const piece = await reader.read().catch(() => undefined)
    if (piece === undefined) throw new FormBroken()
    if (piece.done) return
    yield piece.value
  }
}

/** Reads what is left of a body that is not wanted, up to a bound. */
export async function throwAway(body: AsyncGenerator<Uint8Array>): Promise<void> {
  let bytes = 0
  try {
    for (;;) {
      const piece = await body.next()
      if (piece.done === true || (bytes += piece.value.length) > THROWN_AWAY) return
    }
  } catch {
    // Whoever sent it is gone.
  }
}
