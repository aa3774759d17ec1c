import type { PieceWriter } from './hasher-client.ts'

/**
 * Where the hashed file goes: straight into a file that the person chose, where the browser can;
 * else into pieces that the browser may keep on disk, and from there into its downloads.
 */

interface WritableFile {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
  truncate(size: number): Promise<void>
  seek(position: number): Promise<void>
  close(): Promise<void>
  abort(): Promise<void>
}

interface FileHandle {
  readonly name: string
  getFile(): Promise<File>
  createWritable(): Promise<WritableFile>
  remove?(): Promise<void>
}

interface SavePicker {
  showSaveFilePicker?(options: {
    readonly suggestedName: string
    readonly startIn?: FileHandle
    readonly types: readonly {
      readonly description: string
      readonly accept: Readonly<Record<string, readonly string[]>>
    }[]
  }): Promise<FileHandle>
}

/** A hashed CSV that is saved, or that waits to be. */
export interface SavedCsv {
  /** Without `.csv`. */
  readonly name: string
  /** Undefined when it is saved already. */
  readonly content: Blob | undefined
  /** Where it was saved, so that what belongs beside it is offered to the same folder. */
  readonly place: FileHandle | undefined
}

/** A CSV that is being written. */
export interface CsvTarget extends PieceWriter {
  finish(): Promise<SavedCsv>
  /** Leaves nothing behind. */
  discard(): Promise<void>
}

/** Whether the browser can write into a file that the person chooses. */
export function canChoosePlace(): boolean {
  return typeof (globalThis as SavePicker).showSaveFilePicker === 'function'
}

/** Asks where the CSV is to go; undefined when the person changed their mind. */
export async function chooseTarget(name: string): Promise<CsvTarget | undefined> {
  try {
    const handle = await (globalThis as SavePicker).showSaveFilePicker?.({
      suggestedName: `${name}.csv`,
      types: [{ description: 'CSV', accept: { 'text/csv': ['.csv'] } }],
    })
    return handle === undefined ? pieceTarget(name) : await fileTarget(handle)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined
    // A policy of the organisation may forbid it; the downloads are left.
    return pieceTarget(name)
  }
}

async function fileTarget(handle: FileHandle): Promise<CsvTarget> {
  // The browser makes an empty file when the name is new: that one goes again when the work is
  // stopped.
  const isNew = (await handle.getFile()).size === 0
  const writable = await handle.createWritable()
  return {
    write: (bytes) => writable.write(bytes),
    async restart() {
      await writable.truncate(0)
      await writable.seek(0)
    },
    async finish() {
      await writable.close()
      return { name: handle.name.replace(/[.]csv$/i, ''), content: undefined, place: handle }
    },
    async discard() {
      await writable.abort()
      if (isNew) await handle.remove?.()
    },
  }
}

/**
 * Keeps the CSV in pieces, each handed to the browser as it comes, which keeps large ones on disk.
 */
export function pieceTarget(name: string): CsvTarget {
  let pieces: Blob[] = []
  return {
    write(bytes) {
      pieces.push(new Blob([bytes]))
      return Promise.resolve()
    },
    restart() {
      pieces = []
      return Promise.resolve()
    },
    finish() {
      const content = new Blob(pieces, { type: 'text/csv' })
      return Promise.resolve({ name, content, place: undefined })
    },
    discard() {
      pieces = []
      return Promise.resolve()
    },
  }
}

/**
 * Saves what belongs beside a CSV: to the same folder where the browser can offer it, else to the
 * downloads. False when the person changed their mind.
 */
export async function saveBeside(
  { place }: SavedCsv,
  name: string,
  type: string,
  content: Blob,
): Promise<boolean> {
  if (place === undefined) {
    download(name, content)
    return true
  }
  try {
    const handle = await (globalThis as SavePicker).showSaveFilePicker?.({
      suggestedName: name,
      startIn: place,
      types: [{ description: name, accept: { [type]: [name.slice(name.lastIndexOf('.'))] } }],
    })
    const writable = await handle?.createWritable()
    await writable?.write(new Uint8Array(await content.arrayBuffer()))
    await writable?.close()
    return true
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return false
    download(name, content)
    return true
  }
}

/** Hands content to the browser's downloads. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has its own hold on the content by then.
  setTimeout(() => {
    URL.revokeObjectURL(address)
  }, 60_000)
}
