import { isTokenForm } from '#core/submission-token/token-form.ts'
import { USAGE } from './console.ts'
import { readText } from './open-keys.ts'
import { stopped } from './stopped.ts'

/**
 * The token of a run that sends its file: of a file, or of COUNTONCE_TOKEN, which is taken out of
 * the environment at once. Throws Stopped when there is none, or it is not whole.
 */
export async function readToken(file: string | undefined): Promise<string> {
  const given = process.env['COUNTONCE_TOKEN']
  Reflect.deleteProperty(process.env, 'COUNTONCE_TOKEN')
  const token = (file === undefined ? given : await readText(file))?.trim() ?? ''
  if (token === '') throw stopped('submit-token', USAGE)
  if (!isTokenForm(token)) throw stopped('submit-token-form', USAGE)
  return token
}
