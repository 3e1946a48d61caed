/** Copied text is composed, whatever the paper's letters are made of, so that it can be pasted and searched anywhere. */
export function copyComposed(event: ClipboardEvent): void {
  const selected = getSelection()?.toString() ?? ''
  if (selected === '' || !event.clipboardData) return
  event.clipboardData.setData('text/plain', selected.normalize('NFC'))
  event.preventDefault()
}
