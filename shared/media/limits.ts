/** So many of each a peer may have at a time. */
export const mediaLimits = { transports: 2, producers: 5, tiles: 64 } as const

/** Kilobytes of one transfer by which a line is measured; whoever measures longer asks again. */
export const testKilobytes = 2_048

/** Characters of the secret that hub and media processes share: whoever can listen in may try out guesses of a shorter one. */
export const leastSecret = 32
