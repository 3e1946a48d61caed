/** Facts of the agenda of earlier versions, brought up to date. Until issue 4 chair and secretary alone handed in papers. */
export const agendaUpcasters: Record<string, (data: unknown) => unknown> = {
  'agenda.itemAdded@1': (data) => ({ ...(data as object), ownerIds: [], papersDue: null }),
}

export const agendaFactVersions = { 'agenda.itemAdded': 2 } as const
