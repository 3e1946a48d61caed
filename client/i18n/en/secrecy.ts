/** What voters are told of secret votes; the long form is docs/secrecy.md. */
export default {
  cannotSeal: 'This device cannot vote in secret yet',
  cannotSealWhy: 'The page was opened by http://, where the browser does not let it encrypt a ballot. Open the hub by its https:// address, or tell the technician.',
  sealFailed: 'The ballot could not be sealed on this device. Nothing has been sent; please try again or tell the technician.',
  notKept: 'The ballot sent before the page was loaded again was not recorded: {reason}',
  note: 'How is a secret ballot kept secret?',
  protectsTitle: 'Protected',
  protects: {
    sealed: 'The choice is encrypted on the delegate’s own device. All ballots have one length, so nothing can be told from outside.',
    counted: 'The hub opens the ballots only after the vote has closed, shuffled, adds them up and destroys the key. After that nobody, who keeps the data and its backups included, can tell who chose what.',
    recorded: 'The record says who voted, and the sums. Results by site appear only where they give nobody’s choice away.',
  },
  notTitle: 'Not protected',
  not: {
    hub: 'When whoever controls the hub changes its program during the vote, or copies the key folder before the key is destroyed.',
    tablet: 'When the device is being watched by other software, or somebody looks at the screen.',
    result: 'When the result itself tells: all ballots alike, or only one or two people voting.',
    telling: 'When a delegate tells, or is made to tell. The hub gives no receipt of a choice.',
  },
}
