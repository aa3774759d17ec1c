/**
 * Ways into the syntax tree that the parser gives: plain JSON, of which only what the install
 * script uses is known here.
 */

export type Node = Readonly<Record<string, unknown>>

/** A construct that is not of the subset: the evaluator refuses what it does not know. */
export class UnknownConstruct extends Error {
  constructor(what: string, node: unknown) {
    super(`${what} is not of the subset: ${JSON.stringify([node]).slice(0, 300)}`)
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The node in a member; throws when it is none. */
export function nodeIn(node: Node, member: string): Node {
  const value = node[member]
  if (!isNode(value)) throw new UnknownConstruct(member, node)
  return value
}

/** The nodes in a member that is a list; an absent one is empty. */
export function listIn(node: Node, member: string): readonly unknown[] {
  const value = node[member] ?? []
  if (!Array.isArray(value)) throw new UnknownConstruct(member, node)
  return value
}

/** The one member of a tagged node, `{ Tag: content }`, or the tag alone. */
export function tagged(value: unknown): readonly [tag: string, content: unknown] {
  if (typeof value === 'string') return [value, undefined]
  if (!isNode(value)) throw new UnknownConstruct('a node', value)
  const [entry, another] = Object.entries(value)
  if (entry === undefined || another !== undefined) throw new UnknownConstruct('a node', value)
  return entry
}

/** A name's text, exactly as it is written. */
export function textOfName(name: unknown): string {
  const value = isNode(name) ? name['value'] : undefined
  if (typeof value !== 'string') throw new UnknownConstruct('a name', name)
  return value
}

/** A name of several parts, with full stops between them. */
export function dottedName(parts: unknown): string {
  if (!Array.isArray(parts)) throw new UnknownConstruct('a name', parts)
  return parts
    .map((part: unknown) =>
      textOfName(isNode(part) && 'Identifier' in part ? part['Identifier'] : part),
    )
    .join('.')
}
