import type { MediaSettings } from '../media/control.ts'
import type { Config } from './config.ts'
import type { Places } from './directory/places.ts'

/** Media processes of their own as the settings name them, sites by what people call them; null: media is within the hub. */
export function mediaNodes({ mediaNodes: given, mediaSecret }: Pick<Config, 'mediaNodes' | 'mediaSecret'>, sites: Pick<Places, 'all'>): MediaSettings['nodes'] {
  if (!given || mediaSecret === null) return null
  const { nodes, nearest } = given
  const named = (name: string) => (Object.hasOwn(nearest, name) ? nearest[name] : undefined)
  return {
    nodes, secret: mediaSecret,
    async nearest(siteId) {
      if (siteId === null) return named('main') ?? null
      const site = (await sites.all()).find(({ id }) => id === siteId)
      return named(siteId) ?? (site && (named(site.shortName) ?? named(site.name))) ?? null
    },
  }
}
