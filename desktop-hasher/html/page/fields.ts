import * as kit from '#core/forms/fields.ts'
import type { Markup, MarkupChild } from '#core/forms/markup.ts'
import { element } from './element.ts'

/** Fields of a form. Each has its own group, which problems are shown in. */

type FieldWords = Pick<kit.FieldWords, 'id' | 'label' | 'hint'>

export function selectField(
  words: FieldWords & { readonly choices: readonly kit.Choice[]; readonly value: string },
): HTMLElement {
  return real(kit.selectField(words))
}

export function textField(
  words: FieldWords & { readonly value?: string; readonly width?: 5 | 10 | 20 },
): HTMLElement {
  const { value = '', width } = words
  return real(
    kit.textField({
      ...words,
      value,
      input: {
        inputmode: width === 5 ? 'numeric' : undefined,
        maxlength: 200,
        autocomplete: 'off',
        spellcheck: 'false',
      },
    }),
  )
}

/** A passphrase, with a button to see it: long ones are easily mistyped. */
export function passphraseField(words: FieldWords): HTMLElement {
  const field = real(
    kit.secretField({ ...words, secret: 'passphrase', input: { autocomplete: 'off' } }),
  )
  const input = field.querySelector('input')
  const show = field.querySelector('button')
  show?.addEventListener('click', () => {
    if (input === null) return
    const isShown = input.type === 'text'
    input.type = isShown ? 'password' : 'text'
    show.textContent = isShown ? 'Show' : 'Hide'
    show.setAttribute('aria-label', isShown ? 'Show passphrase' : 'Hide passphrase')
  })
  return field
}

export function fileField(words: FieldWords & { readonly accept?: string }): HTMLElement {
  return real(kit.fileField({ ...words, input: { accept: words.accept } }))
}

/** One of a few. */
export function radioField(
  words: FieldWords & { readonly choices: readonly kit.Choice[]; readonly value: string },
): HTMLElement {
  return real(kit.radioField(words))
}

/** A box to tick. */
export function tickField(words: FieldWords & { readonly isTicked: boolean }): HTMLElement {
  return real(kit.tickField(words))
}

/** The line that says what is wrong with a field. */
export function errorLine(id: string, message: string): HTMLElement {
  return real(kit.errorLine(id, message))
}

/** Markup of the kit as the page has it. */
export function real({ tag, attributes, children }: Markup): HTMLElement {
  return element(tag, attributes, ...children.map(realChild))
}

function realChild(child: MarkupChild): HTMLElement | string | undefined | false {
  return typeof child === 'object' ? real(child) : child
}
