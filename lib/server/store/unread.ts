/**
 * What a worker passes on and does not read, as the bytes of a JSON document: what text is made of
 * in a process lies in its memory until the room is needed, and a worker goes on for weeks.
 */
export class Unread {
  readonly bytes: Uint8Array<ArrayBuffer>

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes
  }

  static of(value: unknown): Unread {
    return new Unread(new TextEncoder().encode(JSON.stringify(value)))
  }

  /** What it says, for who may read it; it is wiped. */
  read(): unknown {
    const text = new TextDecoder().decode(this.bytes)
    this.wipe()
    return JSON.parse(text)
  }

  wipe(): void {
    this.bytes.fill(0)
  }
}
