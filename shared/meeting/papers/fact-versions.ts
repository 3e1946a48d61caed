/** Facts of papers of earlier versions, brought up to date. Until issue 4 a paper was a PDF and stayed what it was. */
export const paperUpcasters: Record<string, (data: unknown) => unknown> = {
  'paper.attached@1': (data) => ({ ...(data as object), original: null }),
}

export const paperFactVersions = { 'paper.attached': 2 } as const
