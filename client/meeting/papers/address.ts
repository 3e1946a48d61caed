/** Where the file of a paper is fetched from. */
export function paperUrl(meetingId: string, paperId: string): string {
  return `/api/meetings/${meetingId}/papers/${paperId}/file`
}
