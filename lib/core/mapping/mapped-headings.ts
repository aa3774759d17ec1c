import type { Mapping } from './mapping.ts'

/** The headings that a mapping names, each once: a file of the same kind has them in its header. */
export function mappedHeadings({ columns, split = {}, join = {}, scores = [] }: Mapping): string[] {
  return [
    ...new Set([
      ...[...Object.values(columns), ...Object.keys(split), ...Object.values(join).flat()],
      ...scores.flatMap(({ column, date }) => [column, date]),
    ]),
  ]
}
