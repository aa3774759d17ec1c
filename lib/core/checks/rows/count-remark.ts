const COUNT_AND_REMARK = /^[0-9]{1,5}(?:[.]0+)? ?[([][^()[\]]*[)\]]$/

/** Whether a count has a remark in brackets after it: “2 (1 DNA)”. */
export function hasRemark(cell: string): boolean {
  const text = cell.trim()
  return (text.endsWith(')') || text.endsWith(']')) && COUNT_AND_REMARK.test(text)
}
