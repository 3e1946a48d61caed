/** Names of pages that have no messages of their own. */
export default {
  meeting: 'Meeting',
  projector: 'Projector',
}
