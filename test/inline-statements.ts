import ts from 'typescript'

/**
 * A statement of SQL that stands in a string of code: its line, counted from 1, and how it begins.
 */
export interface InlineStatement {
  readonly line: number
  readonly begins: string
}

/**
 * Finds the statements of SQL in the strings and templates of a file of TypeScript, wherever they
 * stand: in a call, in a constant, put together with `+` or of templates. What a session is set to,
 * where a transaction begins and ends, and COPY of a table are none. `tables` are names that are
 * known for tables: "select files from folders" is English where neither is one.
 */
export function findInlineStatements(
  file: string,
  code: string,
  tables: readonly string[],
): InlineStatement[] {
  const shapes = shapesWith(tables)
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true)
  const found: InlineStatement[] = []
  const visit = (node: ts.Node): void => {
    const text = textOf(node)
    const statement = text === undefined ? undefined : statementIn(text, shapes)
    if (statement !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
      found.push({ line: line + 1, begins: statement.slice(0, 60) })
      return
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Stands for whatever is put in: a letter that no text of a file holds. */
const PUT_IN = '\u{f8ff}'

/** The text that a string, a template or a sum of them comes to; undefined for what is none. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => PUT_IN + literal.text).join('')
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [textOf(node.left), textOf(node.right)]
    return left === undefined && right === undefined
      ? undefined
      : `${left ?? PUT_IN}${right ?? PUT_IN}`
  }
  return undefined
}

/** What is put in, or a name, of which parts may be put in. */
const NAME = `["\\w.${PUT_IN}]+`
/** Things of a database that are made, changed and taken away. */
const THING =
  '(?:table|index|view|function|procedure|schema|trigger|type|role|user|database|sequence|policy|extension|domain|partition)'

/**
 * What a statement looks like, beyond its first word: with that alone "select a file" would be one.
 * Text is in small letters, its blanks are one, and its comments gone.
 */
const SHAPES: readonly RegExp[] = [
  // A list of what SQL alone has: a call, a number, a string, everything, nothing.
  /^select (?:distinct |all )*(?:[*'\d$(]|from\b|exists\b|case\b|array\b|not\b|null\b|true\b|false\b|current_)/,
  /^select (?:distinct |all )*[\w.]+\((?!s\))/,
  // Names and where they are from: of a table of ours or of the system.
  new RegExp(
    `^select [^]* from (?:only |lateral )?(?:\\(|${PUT_IN}|"|${NAME}\\(|pg_|pgboss\\.|information_schema\\.|(?:TABLES)\\b)`,
  ),
  new RegExp(
    `^select [^]* from (?:only )?${NAME}\\b[^]* (?:where|on) [^]*(?:[=<>~]| is (?:not )?null\\b| in ?\\(| between )`,
  ),
  new RegExp(
    `^insert into ${NAME}(?: as \\w+)? ?(?:\\(|values\\b|select\\b|default\\b|with\\b|table\\b|overriding\\b)`,
  ),
  new RegExp(`^update (?:only )?${NAME}(?: as)?(?: \\w+)? set (?:\\(|${NAME} =)`),
  new RegExp(
    `^delete from (?:only )?(?:${PUT_IN}|(?:TABLES)\\b|${NAME}(?: as)?(?: \\w+)? (?:where|using|returning)\\b)`,
  ),
  new RegExp(`^merge into ${NAME}`),
  new RegExp(`^with (?:recursive )?${NAME}(?: ?\\([^)]*\\))? as (?:not )?(?:materialized )?\\(`),
  /^values ?\(/,
  new RegExp(
    `^create (?:or replace )?(?:(?:temp|temporary|unlogged|global|local|unique|materialized|constraint|event) )*(?:table (?:if not exists )?${NAME} ?(?:\\(|as\\b|partition\\b|of\\b|like\\b)|index (?:concurrently )?(?:if not exists )?(?:${NAME} )?on \\S|(?:function|procedure|trigger|view|type|sequence|policy|domain|extension) (?:if not exists )?${NAME} ?(?:\\(|as\\b|on\\b|before\\b|after\\b|;|$)|(?:role|user|database|schema) (?:if not exists )?${NAME} ?(?:;|$|with\\b|nologin|login|owner|template|password|authorization))`,
  ),
  new RegExp(
    `^drop ${THING} (?:concurrently )?(?:if exists )?${NAME}(?: cascade| restrict|,|\\(|;|$| on )`,
  ),
  new RegExp(
    `^alter ${THING} (?:if exists )?(?:only )?${NAME} (?:add|drop|alter|rename|set|reset|owner|enable|disable|force|no force|validate|attach|detach|with|cluster|inherit)\\b`,
  ),
  new RegExp(`^alter (?:default privileges|system)\\b`),
  new RegExp(`^truncate (?:table |only )?${NAME}(?: cascade| restart|,|;|$)`),
  new RegExp(
    `^(?:analyze|vacuum)(?: ?\\([^)]*\\))?(?: full| verbose| analyze)*(?: ${NAME})?(?:,|;|$| \\()`,
  ),
  new RegExp(`^(?:reindex|cluster) (?:table |index |schema |database )?${NAME}`),
  /^refresh materialized view\b/,
  /^explain (?:\(|analyze|verbose|select|insert|update|delete|with)\b/,
  new RegExp(
    `^(?:grant|revoke) (?:grant option for )?(?:all|select|insert|update|delete|truncate|references|trigger|usage|create|connect|temporary|temp|execute|maintain|\\w+_\\w+|${PUT_IN})\\b[^]* (?:to|from) `,
  ),
  new RegExp(`^(?:grant|revoke) ${PUT_IN} (?:on|to|from) `),
  new RegExp(`^lock (?:table (?:only )?${NAME}|${NAME} in (?:access|row|share|exclusive)\\b)`),
  new RegExp(`^comment on ${THING.replace('(?:', '(?:column|')} `),
  /^do (?:language \w+ )?\$/,
  /^call [\w.]+ ?\(/,
  new RegExp(`^declare ${NAME} (?:\\w+ )*cursor\\b`),
  // A copy of what a statement in the same string answers.
  /^copy ?\( ?(?:select|with|insert|update|delete|table|values)\b/,
  // The end of a statement that is put together: a parameter of the driver's stands nowhere else.
  /(?:=|[<>] |\(|,|\blimit|\boffset|\blike|\bilike) ?\$\d+(?:::\w+|\b)/,
]

/** Settings of a session; who reads one is told of it. */
const SETTING = /^select (?:pg_catalog\.)?set_config ?\(/

/** A copy of the columns wanted of a query that is put in: who has no query says nothing by it. */
const COPY_OF_QUERY = new RegExp(`^copy \\(select ${PUT_IN} from \\(${PUT_IN}\\) as wanted\\)`)

/** The shapes where these are tables. */
function shapesWith(tables: readonly string[]): readonly RegExp[] {
  return SHAPES.map(
    (shape) => new RegExp(shape.source.replaceAll('TABLES', tables.join('|')), shape.flags),
  )
}

function statementIn(text: string, shapes: readonly RegExp[]): string | undefined {
  return text
    .replaceAll(/\/\*[^]*?\*\//g, ' ')
    .replaceAll(/^\s*--.*$/gm, ' ')
    .split(/;\s/)
    .map((part) => part.replaceAll(/\s+/g, ' ').trim().replace(/^\( ?/, ''))
    .find((part) => {
      // A sentence begins with a capital letter; SQL is written in small letters, or all in
      // capitals.
      if (/^[A-Z][a-z]/.test(part)) return false
      const small = part.toLowerCase()
      if (SETTING.test(small) || COPY_OF_QUERY.test(small)) return false
      return shapes.some((shape) => shape.test(small))
    })
}
