/** Facts of presentations of earlier versions, brought up to date. Until issue 4 a paper had one version. */
export const presentationUpcasters: Record<string, (data: unknown) => unknown> = {
  'presentation.started@1': (data) => ({ ...(data as object), version: 1 }),
}

export const presentationFactVersions = { 'presentation.started': 2 } as const
