import { createElement, type ReactNode, type Ref } from 'react'
import type { Markup, MarkupAttributes, MarkupChild } from '#core/forms/markup.ts'

/** What React calls attributes that HTML calls otherwise. */
const PROPS: Readonly<Record<string, string>> = {
  class: 'className',
  for: 'htmlFor',
  inputmode: 'inputMode',
  maxlength: 'maxLength',
  autocomplete: 'autoComplete',
  autocapitalize: 'autoCapitalize',
  spellcheck: 'spellCheck',
  tabindex: 'tabIndex',
  checked: 'defaultChecked',
}

/**
 * Markup of the kit of forms as React has it: what a field holds is where it begins, and whoever
 * types goes on from there. `own` is what React alone gives the outermost element.
 */
export function rendered(
  markup: MarkupChild,
  own: Readonly<{ ref?: Ref<HTMLDivElement> }> = {},
): ReactNode {
  if (markup === undefined || markup === false || typeof markup === 'string') return markup
  const { tag, attributes, children } = markup
  if (tag === 'textarea') {
    const defaultValue = children.filter((child) => typeof child === 'string').join('')
    return createElement(tag, { ...propsOf(attributes), defaultValue })
  }
  const props = { ...propsOf(attributes), ...begun(markup), ...own }
  return createElement(tag, props, ...children.map((child) => rendered(child)))
}

function propsOf(attributes: MarkupAttributes): Record<string, unknown> {
  const wanted = Object.entries(attributes).filter(([name]) => name !== 'selected')
  return Object.fromEntries(wanted.map(([name, value]) => [PROPS[name] ?? name, value]))
}

/** Where a control begins; with another beginning it is another control. */
function begun({ tag, attributes, children }: Markup): Record<string, unknown> {
  // A script of GOV.UK's shows what is hidden, maybe before React is there.
  if (attributes['hidden'] === true) return { suppressHydrationWarning: true }
  // What a box or a radio is sent as is theirs; what a line holds changes.
  if (tag === 'input' && attributes['checked'] === undefined)
    return { value: undefined, defaultValue: attributes['value'] }
  if (tag !== 'select') return {}
  const chosen = children.find(isSelected)
  const value = chosen === undefined ? '' : String(chosen.attributes['value'])
  return { key: value, defaultValue: value }
}

function isSelected(child: MarkupChild): child is Markup {
  return typeof child === 'object' && child.attributes['selected'] === true
}
