/**
 * Whether a name means something to JavaScript's objects; a column of one is refused by the readers
 * as well.
 */
export function isUnsafeName(text: string): boolean {
  const plain = text.trim()
  return plain === '__proto__' || plain === 'constructor' || plain === 'prototype'
}
