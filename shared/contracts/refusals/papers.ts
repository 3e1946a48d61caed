/** Refusals about files that become papers. */
export const paperRefusals = {} as const
