/** Rights that do not depend on a meeting: who may run the hub and who may prepare meetings. Rights inside a meeting: meeting.ts. */
export const organisationRoles = ['administrator', 'office'] as const
export type OrganisationRole = (typeof organisationRoles)[number]

/** Every right and the roles that give it. */
export const organisationPermissions = {
  'accounts.manage': ['administrator'],
  'organisation.manage': ['administrator'],
  'audit.read': ['administrator'],
  'meetings.create': ['office'],
} as const satisfies Record<string, readonly OrganisationRole[]>

export type OrganisationPermission = keyof typeof organisationPermissions

/** True when one of `roles` gives `permission`. */
export function may(roles: readonly OrganisationRole[], permission: OrganisationPermission): boolean {
  const givenBy: readonly OrganisationRole[] = organisationPermissions[permission]
  return roles.some(role => givenBy.includes(role))
}
