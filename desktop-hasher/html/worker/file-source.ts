import type { ByteSource } from '#core/tabular/table.ts'

/** A file that a person chose, read piece by piece; it is never in memory as a whole. */
export function fileSource(file: File): ByteSource {
  return {
    name: file.name,
    size: file.size,
    async read(offset, length) {
      return new Uint8Array(await file.slice(offset, offset + length).arrayBuffer())
    },
  }
}
