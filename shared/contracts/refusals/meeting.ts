/** Refusals of meeting commands; each is given by a rule in shared/meeting. */
export const meetingRefusals = {} as const
