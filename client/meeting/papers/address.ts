/** Where the file of a paper is fetched from; each version under its own address, so that what is kept of one never stands for another. */
export function paperUrl(meetingId: string, paperId: string, version: number): string {
  return `/api/meetings/${meetingId}/papers/${paperId}/file?version=${version}`
}

/** Where the text of a version is, as the hub has read it. */
export function contentsUrl(meetingId: string, paperId: string, version: number): string {
  return `/api/meetings/${meetingId}/papers/${paperId}/contents?version=${version}`
}

/** Where the hub's picture of a page is: legible, and on the screen long before the paper; or `small`, for an overview of pages. */
export function pictureUrl(meetingId: string, paperId: string, version: number, page: number, width: 'screen' | 'small' = 'screen'): string {
  return `/api/meetings/${meetingId}/papers/${paperId}/pages/${page}/picture?width=${width}&version=${version}`
}

export type CopyForm = 'download' | 'original'

/** Where a copy to keep is: the PDF, stamped where the meeting asks for it, or the file as it was handed in. */
export function copyUrl(meetingId: string, paperId: string, version: number, form: CopyForm): string {
  return `/api/meetings/${meetingId}/papers/${paperId}/${form}?version=${version}`
}

/** Where all papers are that one may keep, in one PDF. */
export function bookUrl(meetingId: string): string {
  return `/api/meetings/${meetingId}/book`
}

/** Where the hub's words of one page are, with their places. */
export function wordsUrl(meetingId: string, paperId: string, version: number, page: number): string {
  return `/api/meetings/${meetingId}/papers/${paperId}/pages/${page}/words?version=${version}`
}
