import { foldName } from './fold.ts'

/** The words of a name, folded as names are compared; none of what is no name. */
export function nameWords(name: string): readonly string[] {
  return (foldName(name) ?? '').split(/[^\p{L}\p{M}]+/u).filter((word) => word !== '')
}
