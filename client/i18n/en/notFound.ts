/** An address that leads nowhere. */
export default {
  title: 'Page not found',
  heading: 'There is no such page',
  text: 'The address may be mistyped, or the content has been taken away.',
  home: 'To the home page',
}
