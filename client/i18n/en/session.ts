/** Being signed in, and the line to the hub. */
export default {
  signOut: 'Sign out',
  unreachable: 'The hub cannot be reached',
  unreachableText: 'Please check this device’s network. If nobody gets in, tell the technician.',
}
