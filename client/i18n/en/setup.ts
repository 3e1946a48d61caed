/** The first administrator of an empty hub. */
export default {
  title: 'First set-up',
  heading: 'Create the first administrator',
  text: 'This hub has no accounts yet. The administrator will enter people, units and sites.',
  name: 'Full name',
  position: 'Position',
  username: 'User name',
  usernameHint: 'Latin letters, digits, dot, dash or underscore.',
  password: 'Password',
  repeat: 'Repeat the password',
  code: 'Set-up code',
  codeHint: 'Only needed from another machine. The hub prints it when it starts.',
  submit: 'Create the account and begin',
}
