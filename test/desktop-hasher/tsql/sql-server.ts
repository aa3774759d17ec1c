/**
 * An evaluator of the T-SQL that the install script is written in. It takes the very text of the
 * script, parses it with a parser that is not ours, and does what the documentation of SQL Server
 * 2016 says each construct does; anything else it refuses. It is no SQL Server:
 * docs/decisions/tsql-by-evaluator.md says what it shows and what it does not.
 */
import { init, parse } from '@guanmingchiu/sqlparser-ts'
import { asParameter, compileExpression } from './compile-expression.ts'
import { typeOf } from './declared.ts'
import { compileBlock } from './compile-statement.ts'
import {
  Declarations,
  type Catalogue,
  type Column,
  type Routine,
  type Table,
  type Told,
} from './scope.ts'
import { assign, make, SqlError, type SqlType, type SqlValue } from './sql-values.ts'
import {
  dottedName,
  isNode,
  listIn,
  type Node,
  nodeIn,
  tagged,
  textOfName,
  UnknownConstruct,
} from './syntax-tree.ts'

/**
 * The batches of a script: `go` on a line of its own ends one, as sqlcmd and Management Studio have
 * it.
 */
export function batchesOf(script: string): string[] {
  return script.split(/^go\s*$/im).filter((batch) => batch.replace(/--.*$/gm, '').trim() !== '')
}

/** The statements of a batch; throws when the parser does not take them. */
export function parseBatch(batch: string): readonly unknown[] {
  return parse(batch, 'mssql')
}

/** Loads the parser; before anything else. */
export async function loadParser(): Promise<void> {
  await init()
}

export class SqlServer {
  readonly #catalogue: Catalogue = {
    functions: new Map(),
    tables: new Map(),
    procedures: new Map(),
  }

  /** Runs a script batch by batch. */
  run(script: string): void {
    for (const batch of batchesOf(script)) {
      const statements = parseBatch(batch)
      const creates = statements.filter((statement) =>
        /^Create(Function|Procedure|Schema)$/.test(tagged(statement)[0]),
      )
      if (creates.length > 0 && statements.length > 1)
        throw new SqlError('it must be the only statement of its batch')
      for (const statement of statements) this.#run(statement)
    }
  }

  /** Creates a function once more, otherwise. */
  alter(batch: string): void {
    const [statement] = parseBatch(batch)
    const name = dottedName(nodeIn(statement as Node, 'CreateFunction')['name'])
    this.#catalogue.functions.delete(name)
    this.#run(statement)
  }

  /** What a scalar function answers. */
  call(name: string, ...values: readonly SqlValue[]): SqlValue {
    const made = this.#routine(this.#catalogue.functions, name).call(values)
    if (made === undefined || 'rows' in made) throw new SqlError(`${name} makes no value`)
    return made
  }

  /** The rows that a table-valued function makes. */
  rowsOf(name: string, ...values: readonly SqlValue[]): Table['rows'] {
    const made = this.#routine(this.#catalogue.functions, name).call(values)
    if (made === undefined || !('rows' in made)) throw new SqlError(`${name} makes no table`)
    return made.rows
  }

  /** What a procedure selects and prints. */
  execute(name: string, ...values: readonly SqlValue[]): Told {
    const told: Told = { results: [], messages: [] }
    this.#routine(this.#catalogue.procedures, name).call(values, told)
    return told
  }

  /** A table, to be filled or changed. */
  table(name: string): Table {
    const table = this.#catalogue.tables.get(name)
    if (table === undefined) throw new SqlError(`no table ${name}`)
    return table
  }

  /** Every routine's name. */
  get routines(): readonly string[] {
    return [...this.#catalogue.functions.keys(), ...this.#catalogue.procedures.keys()]
  }

  #routine(routines: ReadonlyMap<string, Routine>, name: string): Routine {
    const routine = routines.get(name)
    if (routine === undefined) throw new SqlError(`no ${name}`)
    return routine
  }

  #run(statement: unknown): void {
    const [tag, content] = tagged(statement)
    if (!isNode(content)) throw new UnknownConstruct('a statement', statement)
    switch (tag) {
      case 'CreateSchema':
        return
      case 'CreateTable':
        this.#createTable(content)
        return
      case 'CreateFunction':
        this.#createFunction(content)
        return
      case 'CreateProcedure':
        this.#createProcedure(content)
        return
      default: {
        const block = compileBlock([statement], {
          catalogue: this.#catalogue,
          declarations: new Declarations(),
        })
        block({ variables: new Map(), tables: new Map() }, { results: [], messages: [] })
      }
    }
  }

  #createTable(node: Node): void {
    const name = dottedName(node['name'])
    if (this.#catalogue.tables.has(name)) throw new SqlError(`${name} is there already`)
    this.#catalogue.tables.set(name, { columns: columnsIn(node), rows: [] })
  }

  #createFunction(node: Node): void {
    const name = dottedName(node['name'])
    if (this.#catalogue.functions.has(name)) throw new SqlError(`${name} is there already`)
    const declarations = new Declarations()
    const parameters = parametersIn(node, 'args', declarations)
    const [kind, returned] = tagged(nodeIn(node, 'return_type'))
    if (kind !== 'DataType') throw new UnknownConstruct('what is returned', node)
    const statements = listIn(nodeIn(nodeIn(node, 'function_body'), 'AsBeginEnd'), 'statements')
    const last = statements.at(-1)
    if (last === undefined || tagged(last)[0] !== 'Return')
      throw new SqlError('the last statement of a function must be a return')
    const named =
      isNode(returned) && isNode(returned['NamedTable']) ? returned['NamedTable'] : undefined
    const tableName = named === undefined ? '' : dottedName(named['name'])
    const columns = named === undefined ? [] : columnsIn(named)
    const type = named === undefined ? typeOf(returned) : undefined
    // It may call itself, or what is created before it, but nothing that is not there.
    const body = compileBlock(statements, { catalogue: this.#catalogue, declarations })
    this.#catalogue.functions.set(name, {
      parameters,
      call: (values) => {
        const table: Table = { columns, rows: [] }
        const frame = { variables: bind(parameters, values), tables: new Map([[tableName, table]]) }
        const outcome = body(frame, { results: [], messages: [] })
        if (outcome === 'on') throw new SqlError(`${name} returns nothing`)
        if (type === undefined) return table
        return assign(type, outcome.returned ?? make(type, null))
      },
    })
  }

  #createProcedure(node: Node): void {
    const name = dottedName(node['name'])
    const declarations = new Declarations()
    const parameters = parametersIn(node, 'params', declarations)
    const statements = listIn(nodeIn(nodeIn(node, 'body'), 'BeginEnd'), 'statements')
    const body = compileBlock(statements, { catalogue: this.#catalogue, declarations })
    this.#catalogue.procedures.set(name, {
      parameters,
      call: (values, told = { results: [], messages: [] }) => {
        body({ variables: bind(parameters, values), tables: new Map() }, told)
        return undefined
      },
    })
  }
}

function bind(
  parameters: Routine['parameters'],
  values: readonly (SqlValue | undefined)[],
): Map<string, SqlValue> {
  const frame = { variables: new Map<string, SqlValue>(), tables: new Map<string, Table>() }
  for (const [index, { name, type, standard }] of parameters.entries()) {
    const value = values[index] ?? standard?.(frame)
    if (value === undefined) throw new SqlError(`${name} was not given`)
    frame.variables.set(name, asParameter(type, value))
  }
  return frame.variables
}

function parametersIn(
  node: Node,
  member: string,
  declarations: Declarations,
): Routine['parameters'] {
  const scope = {
    catalogue: { functions: new Map(), tables: new Map(), procedures: new Map() },
    declarations,
  }
  return listIn(node, member).map((parameter) => {
    const given = parameter as Node
    const name = textOfName(given['name'])
    const type: SqlType = typeOf(given['data_type'])
    declarations.declare(name, type)
    return isNode(given['default'])
      ? { name, type, standard: compileExpression(given['default'], scope) }
      : { name, type }
  })
}

function columnsIn(node: Node): Column[] {
  return listIn(node, 'columns').map((column) => {
    const given = column as Node
    const options = listIn(given, 'options').map((option) => (option as Node)['option'])
    return {
      name: textOfName(given['name']),
      type: typeOf(given['data_type']),
      isNullable: !options.includes('NotNull'),
    }
  })
}
