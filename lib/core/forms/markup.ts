/** Attributes by name; true is there without a value, false and undefined are not there. */
export type MarkupAttributes = Readonly<Record<string, string | number | boolean | undefined>>

/** What an element may hold: text is always text, never markup. */
export type MarkupChild = Markup | string | undefined | false

/** An element as data; each shell makes it real in its own way. */
export interface Markup {
  readonly tag: MarkupTag
  readonly attributes: MarkupAttributes
  readonly children: readonly MarkupChild[]
}

/** The elements that forms are made of. */
export type MarkupTag =
  | 'a'
  | 'button'
  | 'div'
  | 'fieldset'
  | 'h1'
  | 'h2'
  | 'input'
  | 'label'
  | 'legend'
  | 'li'
  | 'option'
  | 'p'
  | 'select'
  | 'span'
  | 'strong'
  | 'textarea'
  | 'ul'

/** An element with attributes and children. */
export function mark(
  tag: MarkupTag,
  attributes: MarkupAttributes = {},
  ...children: readonly MarkupChild[]
): Markup {
  return { tag, attributes, children }
}

/** The classes that are wanted, in their order. */
export function classes(...names: readonly (string | undefined | false)[]): string {
  return names.filter(Boolean).join(' ')
}
