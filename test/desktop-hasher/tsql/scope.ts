import { type SqlType, type SqlValue, SqlError } from './sql-values.ts'

/** A row of a from clause: its columns by `alias.column`. */
export type Row = ReadonlyMap<string, SqlValue>

/**
 * What an expression is evaluated in: the variables, the row, and, of an aggregate, the rows of its
 * group.
 */
export interface Frame {
  readonly variables: Map<string, SqlValue>
  readonly tables: Map<string, Table>
  readonly row?: Row
  readonly group?: readonly Row[]
}

export type Expression = (frame: Frame) => SqlValue

/** True, false, or unknown when a null was in it. */
export type Condition = (frame: Frame) => boolean | null

export interface Column {
  readonly name: string
  readonly type: SqlType
  readonly isNullable: boolean
}

export interface Table {
  readonly columns: readonly Column[]
  readonly rows: Map<string, SqlValue>[]
}

/** What a routine tells whoever called it: the rows of each select, and what it printed. */
export interface Told {
  readonly results: Map<string, SqlValue>[][]
  readonly messages: string[]
}

/** A routine that was created: what it is called with, and what it does. */
export interface Routine {
  readonly parameters: readonly {
    readonly name: string
    readonly type: SqlType
    readonly standard?: Expression
  }[]
  readonly call: (
    values: readonly (SqlValue | undefined)[],
    told?: Told,
  ) => SqlValue | Table | undefined
}

/** What a script has created so far, by full name. */
export interface Catalogue {
  readonly functions: Map<string, Routine>
  readonly tables: Map<string, Table>
  readonly procedures: Map<string, Routine>
}

/**
 * The variables that a routine declares, with their types; using another one is an error before
 * anything is run.
 */
export class Declarations {
  readonly #types = new Map<string, SqlType>()

  declare(name: string, type: SqlType): void {
    if (this.#types.has(name)) throw new SqlError(`${name} is declared twice`)
    this.#types.set(name, type)
  }

  typeOf(name: string): SqlType {
    const type = this.#types.get(name)
    if (type === undefined) throw new SqlError(`${name} is not declared`)
    return type
  }
}

/** What is compiled against: the catalogue and the routine's declarations. */
export interface Surroundings {
  readonly catalogue: Catalogue
  readonly declarations: Declarations
}
