/** The form as if what is in a chosen file, its field `file`, had been pasted into another of its fields. */
export async function readChosenFile(sent: FormData, field: string): Promise<FormData> {
  const form = new FormData()
  for (const [name, value] of sent) if (typeof value === 'string') form.append(name, value)
  const file = sent.get('file')
  if (file instanceof File && file.size > 0) form.set(field, await file.text())
  return form
}
