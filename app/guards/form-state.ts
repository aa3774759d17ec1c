/** What a form shows after it was refused; the first state has no errors. */
export interface FormState {
  /** In the order of the page; `field` is the id of its input, empty for the form as a whole. */
  readonly errors: readonly {
    readonly field: string
    readonly message: string
    readonly hint?: string
  }[]
  /** What was typed, but for passwords and codes. */
  readonly values: Readonly<Record<string, string>>
  /** Something to be shown once. */
  readonly shown?: readonly string[]
  /** The session ended before: nothing was done, and who signs in again can send the same. */
  readonly isSignedOut?: true
}

/** A form nobody has sent yet. */
export const FRESH: FormState = { errors: [], values: {} }

/** A server action behind a form. */
export type FormAction = (state: FormState, form: FormData) => Promise<FormState>
