/** Who does something in the directory, for the audit record. The hub itself has neither person nor address. */
export interface Actor {
  by: string | null
  address: string | null
}

export const theHub: Actor = { by: null, address: null }
