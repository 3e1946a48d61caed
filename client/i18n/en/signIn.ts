/** The sign-in page. */
export default {
  title: 'Sign in',
  heading: 'Please sign in',
  text: 'The agenda, the papers and the votes of your meeting, in one place.',
  username: 'User name',
  password: 'Password',
  submit: 'Sign in',
  help: 'Forgotten your password? Your office’s administrator can give you a new one.',
}
