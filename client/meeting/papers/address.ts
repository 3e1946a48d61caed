/** Where the file of a paper is fetched from; each version under its own address, so that what is kept of one never stands for another. */
export function paperUrl(meetingId: string, paperId: string, version: number): string {
  return `/api/meetings/${meetingId}/papers/${paperId}/file?version=${version}`
}
