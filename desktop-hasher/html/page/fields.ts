import { element, type Child } from './element.ts'

/** Fields of a form. Each has its own group, which problems are shown in. */

interface FieldWords {
  readonly id: string
  readonly label: string
  readonly hint?: string
}

/** One thing to choose. */
export interface Choice {
  readonly value: string
  readonly text: string
}

export function selectField(
  words: FieldWords & { readonly choices: readonly Choice[]; readonly value: string },
): HTMLElement {
  const { id, choices, value } = words
  return group(
    words,
    element(
      'select',
      { class: 'govuk-select', id, name: id, 'aria-describedby': describedBy(words) },
      choices.map((choice) =>
        element('option', { value: choice.value, selected: choice.value === value }, choice.text),
      ),
    ),
  )
}

export function textField(
  words: FieldWords & { readonly value?: string; readonly width?: 5 | 10 | 20 },
): HTMLElement {
  const { id, value = '', width } = words
  return group(
    words,
    element('input', {
      class: `govuk-input${width === undefined ? '' : ` govuk-input--width-${width}`}`,
      id,
      name: id,
      type: 'text',
      inputmode: width === 5 ? 'numeric' : undefined,
      maxlength: 200,
      autocomplete: 'off',
      spellcheck: 'false',
      value,
      'aria-describedby': describedBy(words),
    }),
  )
}

/** A passphrase, with a button to see it: long ones are easily mistyped. */
export function passphraseField(words: FieldWords): HTMLElement {
  const { id } = words
  const input = element('input', {
    class: 'govuk-input govuk-password-input__input govuk-js-password-input-input',
    id,
    name: id,
    type: 'password',
    autocomplete: 'off',
    spellcheck: 'false',
    autocapitalize: 'none',
    'aria-describedby': describedBy(words),
  })
  const show = element(
    'button',
    {
      type: 'button',
      class: 'govuk-button govuk-button--secondary govuk-password-input__toggle',
      'aria-controls': id,
      'aria-label': 'Show passphrase',
    },
    'Show',
  )
  show.addEventListener('click', () => {
    const isShown = input.type === 'text'
    input.type = isShown ? 'password' : 'text'
    show.textContent = isShown ? 'Show' : 'Hide'
    show.setAttribute('aria-label', isShown ? 'Show passphrase' : 'Hide passphrase')
  })
  return group(
    words,
    element('div', { class: 'govuk-input__wrapper govuk-password-input__wrapper' }, input, show),
  )
}

export function fileField(words: FieldWords & { readonly accept?: string }): HTMLElement {
  const { id, accept } = words
  return group(
    words,
    element('input', {
      class: 'govuk-file-upload',
      id,
      name: id,
      type: 'file',
      accept,
      'aria-describedby': describedBy(words),
    }),
  )
}

/** A box to tick. */
export function tickField(words: FieldWords & { readonly isTicked: boolean }): HTMLElement {
  const { id, label, hint, isTicked } = words
  return element(
    'div',
    { class: 'govuk-form-group' },
    element(
      'div',
      { class: 'govuk-checkboxes' },
      element(
        'div',
        { class: 'govuk-checkboxes__item' },
        element('input', {
          class: 'govuk-checkboxes__input',
          id,
          name: id,
          type: 'checkbox',
          value: 'yes',
          checked: isTicked,
          'aria-describedby': describedBy(words),
        }),
        element('label', { class: 'govuk-label govuk-checkboxes__label', for: id }, label),
        hint !== undefined &&
          element('div', { class: 'govuk-hint govuk-checkboxes__hint', id: `${id}-hint` }, hint),
      ),
    ),
  )
}

function group({ id, label, hint }: FieldWords, control: Child): HTMLElement {
  return element(
    'div',
    { class: 'govuk-form-group' },
    element('label', { class: 'govuk-label', for: id }, label),
    hint !== undefined && element('div', { class: 'govuk-hint', id: `${id}-hint` }, hint),
    control,
  )
}

function describedBy({ id, hint }: FieldWords): string | undefined {
  return hint === undefined ? undefined : `${id}-hint`
}
