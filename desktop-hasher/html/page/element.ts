/** What an element may hold: text is always text, never markup. */
export type Child = Node | string | readonly Child[] | undefined | false

/** Attributes by name; true is there without a value, false and undefined are not there. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** An element with attributes and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    made.setAttribute(name, value === true ? '' : String(value))
  }
  append(made, children)
  return made
}

/** Adds children to an element, in their order. */
function append(parent: Element | DocumentFragment, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined || child === false) continue
    if (typeof child === 'string') parent.append(child)
    else if (child instanceof Node) parent.append(child)
    else append(parent, child)
  }
}

/** Children without an element around them. */
export function fragment(...children: readonly Child[]): DocumentFragment {
  const made = document.createDocumentFragment()
  append(made, children)
  return made
}

/** A paragraph of body text. */
export function paragraph(...children: readonly Child[]): HTMLParagraphElement {
  return element('p', { class: 'govuk-body' }, ...children)
}

/** Text for a screen reader alone. */
export function hidden(text: string): HTMLSpanElement {
  return element('span', { class: 'govuk-visually-hidden' }, text)
}
