/**
 * Version of everything that travels between page and hub. Raise it when an older page would misunderstand;
 * the hub then answers `client.tooOld` and the page asks to be reloaded.
 */
export const protocolVersion = 1

/** Where the hub's Socket.IO answers. */
export const livePath = '/live'
