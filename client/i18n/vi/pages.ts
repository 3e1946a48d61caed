/** Names of pages that have no messages of their own. */
export default {
  meeting: 'Cuộc họp',
  projector: 'Màn hình chung',
}
