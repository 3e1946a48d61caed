/** Refusals about accounts, people and sessions. */
export const directoryRefusals = {} as const
