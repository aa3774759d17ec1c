import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'

/** Leads on after an action, to a page as it is now: also where it is the page the form was on. */
export function goTo(path: string): never {
  revalidatePath(path.split(/[?#]/)[0] ?? path)
  redirect(path)
}
