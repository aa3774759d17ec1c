import type { Filling } from '#core/filling/rules.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { withoutAdded } from '#core/preparation/added-columns.ts'
import type { KeptPeople } from '#core/preparation/rows-left-out/kept-people.ts'
import type {
  ChildrenAcross,
  FillDown,
  Preparation,
  Register,
} from '#core/preparation/preparation.ts'

/** What becomes of the texts of a mapping; undefined leaves out what it stands in. */
export interface Renaming {
  readonly heading: (heading: string) => string
  readonly sheet: (sheet: string) => string | undefined
  /** A mark of a register that means absent. */
  readonly mark: (mark: string) => string
  /** A word that means a code. */
  readonly word: (word: string) => string | undefined
  readonly constant: (value: string) => string | undefined
  readonly filling: (filling: Filling) => Filling | undefined
}

/** A mapping with other texts in place of its headings, sheets and words. */
export function renameMapping(mapping: Mapping, to: Renaming): Mapping {
  const { columns, constants, join, people, preparation, scores, sheet, split, values } = mapping
  const named = sheet === undefined ? undefined : to.sheet(sheet)
  const kept = { ...mapping }
  Reflect.deleteProperty(kept, 'sheet')
  return {
    ...kept,
    ...(named === undefined ? {} : { sheet: named }),
    // First: rules name the columns that they add.
    ...(preparation === undefined ? {} : { preparation: renamePreparation(preparation, to) }),
    ...(people === undefined ? {} : { people: renamePeople(people, to) }),
    columns: renameValues(columns, to.heading),
    ...(constants === undefined ? {} : { constants: renameValues(constants, to.constant) }),
    ...(values === undefined
      ? {}
      : {
          values: Object.fromEntries(
            Object.entries(values).map(([field, words]) => [field, renameKeys(words, to.word)]),
          ),
        }),
    ...(split === undefined ? {} : { split: renameKeys(split, to.heading) }),
    ...(join === undefined
      ? {}
      : { join: renameValues(join, (headings) => headings.map(to.heading)) }),
    ...(scores === undefined
      ? {}
      : {
          scores: scores.map((score) => ({
            ...score,
            ...{ column: to.heading(score.column), date: to.heading(score.date) },
          })),
        }),
  }
}

function renamePreparation(preparation: Preparation, to: Renaming): Preparation {
  const { addedColumns, fillDown, filling, leaveOutMarked, declined } = preparation
  const { childrenAcross, register, sheets } = preparation
  const rules = filling === undefined ? undefined : to.filling(filling)
  return {
    ...(sheets === undefined
      ? {}
      : {
          sheets:
            typeof sheets === 'string' ? sheets : sheets.flatMap((sheet) => to.sheet(sheet) ?? []),
        }),
    ...(leaveOutMarked === undefined ? {} : { leaveOutMarked }),
    ...(fillDown === undefined ? {} : { fillDown: renameFillDown(fillDown, to) }),
    ...(register === undefined ? {} : { register: renameRegister(register, to) }),
    ...(childrenAcross === undefined
      ? {}
      : { childrenAcross: renameChildren(withoutAdded(childrenAcross, addedColumns), to) }),
    ...(rules === undefined ? {} : { filling: rules }),
    ...(declined === undefined ? {} : { declined }),
  }
}

function renameRegister({ absent, named }: Register, to: Renaming): Register {
  return {
    absent: absent.map(to.mark),
    ...(named === undefined ? {} : { named: named.map(to.heading) }),
  }
}

function renameFillDown({ asAbove, blocks, reference }: FillDown, to: Renaming): FillDown {
  return {
    ...(asAbove === undefined ? {} : { asAbove: asAbove.map(to.heading) }),
    ...(blocks === undefined ? {} : { blocks: blocks.map(to.heading) }),
    ...(reference === undefined ? {} : { reference: to.heading(reference) }),
  }
}

function renameChildren({ children, reference }: ChildrenAcross, to: Renaming): ChildrenAcross {
  return {
    children: children.map((columns) => renameKeys(renameValues(columns, to.heading), to.heading)),
    ...(reference === undefined ? {} : { reference: to.heading(reference) }),
  }
}

function renamePeople({ codes, rows }: KeptPeople, to: Renaming): KeptPeople {
  return {
    ...(codes === undefined ? {} : { codes }),
    ...(rows === undefined
      ? {}
      : {
          rows: rows.map(({ row, sheet }) => {
            const named = sheet === undefined ? undefined : to.sheet(sheet)
            return named === undefined ? { row } : { row, sheet: named }
          }),
        }),
  }
}

function renameKeys<Value>(
  record: Readonly<Record<string, Value>>,
  rename: (key: string) => string | undefined,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => {
      const renamed = rename(key)
      return renamed === undefined ? [] : [[renamed, value]]
    }),
  )
}

function renameValues<Value>(
  record: Readonly<Record<string, Value>>,
  rename: (value: Value) => Value | undefined,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => {
      const renamed = rename(value)
      return renamed === undefined ? [] : [[key, renamed]]
    }),
  )
}
