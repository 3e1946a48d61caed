// Runs before `npm install` on whatever Node and npm started it, so it stays plain old JavaScript.
const version = /npm\/(\d+)\.(\d+)/.exec(process.env.npm_config_user_agent || '')
if (version && (+version[1] < 11 || (+version[1] === 11 && +version[2] < 16))) {
  console.error('Giao ban needs npm 11.16 or newer (this is npm ' + version[1] + '.' + version[2] + '): run "npm install -g npm@11" and try again.')
  process.exit(1)
}
