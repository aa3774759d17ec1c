import { answersOf, fieldsOfAnswer } from '#core/mapping/answers/column-choices.ts'
import { readScoreAnswer } from '#core/mapping/answers/score-answers.ts'
import { scoreHeading } from '#core/mapping/score-fields.ts'
import type { Mapping } from '#core/mapping/mapping.ts'

/** The place of the column of the file as it stands that gives a field of a part of a row; or −1. */
export type ColumnOfField = (field: string, part: number) => number

/** Tells which column of the file as it stands gives a field, the first of several. */
export function columnsOfFields(mapping: Mapping, header: readonly string[]): ColumnOfField {
  const children = mapping.preparation?.childrenAcross?.children ?? []
  // A mapping names columns as the preparation calls them; each child has columns of its own.
  const named = [...new Set([...header, ...children.flatMap((child) => Object.keys(child))])]
  const headings = new Map<string, string>()
  for (const [at, answer] of answersOf(mapping, named).entries())
    for (const field of fieldsOfAnswer(answer)) {
      // What is about a row of several scores is about none of their columns.
      const isOpen = headings.has(field) && readScoreAnswer(answer) !== undefined
      if (isOpen) headings.set(field, '')
      else if (!headings.has(field)) headings.set(field, named[at] ?? '')
    }
  return (field, part) => {
    const heading = scoreHeading(mapping, field) ?? headings.get(field)
    if (heading === undefined || heading === '') return -1
    return header.indexOf(children[part - 1]?.[heading] ?? heading)
  }
}
