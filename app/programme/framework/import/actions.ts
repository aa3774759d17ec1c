'use server'

import { z } from 'zod'
import type { FormState } from '../../../guards/form-state.ts'
import { readChosenFile } from '../../../guards/chosen-file.ts'
import { runEdit } from '../run-edit.ts'

const given = z
  .strictObject({
    framework: z.string().min(1, { error: 'Choose a file, or paste a framework' }).max(500_000),
    seen: z.coerce.number().int().nonnegative(),
  })
  .transform(({ framework, seen }) => ({
    ...{ seen, edit: { do: 'import', text: framework } as const },
  }))

/** Makes the draft of a framework file. */
export async function bringIn(_state: FormState, form: FormData): Promise<FormState> {
  return runEdit({
    schema: given,
    form,
    right: 'register.change',
    prepare: (sent) => readChosenFile(sent, 'framework'),
  })
}
