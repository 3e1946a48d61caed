/** Facts of papers of earlier versions, brought up to date. Until issue 4 a paper was a PDF, there for all at once, and stayed what it was. */
export const paperUpcasters: Record<string, (data: unknown) => unknown> = {
  'paper.attached@1': (data) => ({ ...(data as object), original: null, proposed: false, late: null }),
}

export const paperFactVersions = { 'paper.attached': 2 } as const
