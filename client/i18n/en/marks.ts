/** Marking papers: tools, layers, notes, formal comments. */
export default {
  tools: 'Tools for marking',
  tool: { pen: 'Pen', highlighter: 'Highlight', note: 'Note', eraser: 'Eraser' },
  toolShort: { pen: 'Pen', highlighter: 'Highlight', note: 'Note', eraser: 'Eraser' },
  more: 'More', undo: 'Undo', redo: 'Redo', done: 'Done', you: 'you',
  colour: 'Colour',
  colours: { blue: 'Blue', red: 'Red', black: 'Black', yellow: 'Yellow', green: 'Green', pink: 'Pink' },
  hint: {
    pen: 'Write or draw on the page with the pen; scroll with a finger.', highlighter: 'Draw the pen over the words; with a finger, hold and then draw.',
    note: 'Touch the place for the note.', eraser: 'Touch what is to go.', placing: 'Touch the page where the note belongs.', none: 'Choose a tool.',
    text: 'Select words, or touch a paragraph, to highlight it or to add a note.',
  },
  firstHint: 'To mark something, hold a finger on the words, or press “{button}” above to write and draw.',
  fingerDraws: 'Draw with a finger',
  fingerQuestion: 'Do you want to draw with your finger? Two fingers then scroll the page.',
  fingerYes: 'Draw with a finger', fingerNo: 'No, scroll',
  saved: { saved: 'Saved', saving: 'Saving…', onDevice: 'Saved on this device, waiting for the network', offline: 'Not saved: no network, please keep this page open', dropped: 'Cannot be saved: you may no longer write' },
  layer: {
    private: { name: 'Only me', button: 'Only me', short: 'only me', who: 'Nobody but you can read it, chair and secretary neither.' },
    shared: { name: 'Some people', button: 'Shared', short: 'shared', who: 'Those whom you choose can read it.' },
    meeting: { name: 'The whole meeting', button: 'Seen by the meeting', short: 'whole meeting', who: 'Everybody who may see this paper sees it, with your name.' },
  },
  layers: {
    title: 'Who sees your notes?', text: 'For notes made from now on. Those that are there stay as they are.', people: 'Share with', find: 'Find somebody',
    everybody: 'Whatever you draw or write from now on appears on everybody’s screen.', choose: 'Choose: {layer}',
  },
  openNote: 'Your note ({layer}): {text}', openNoteOf: 'Note of {name}: {text}', openComment: 'Comment of {name}',
  tombstone: '{name} took a note back',
  note: { title: 'Your note', of: 'Note of {name}', text: 'Text', remove: 'Delete the note', done: 'Done' },
  inText: {
    own: 'Your note ({layer})', ink: 'Something is drawn here ({label})', wash: 'Something is highlighted here', onPage: 'see it on the page',
  },
  choice: {
    title: 'Mark what is selected', note: 'Note', remove: 'Remove the highlight',
    done: { private: 'Highlighted. Only you see it.', shared: 'Highlighted for those you share with.', meeting: 'Highlighted for the whole meeting.' },
  },
  list: {
    button: 'List', title: 'Notes on this paper', mine: 'Mine ({count})', others: 'Others’ ({count})', none: 'You have marked nothing yet', noneText: 'Take the pen, the highlighter or a note, and touch the page.',
    page: 'Page {page}', ink: 'Drawing', inkAt: 'Drawing at “{text}”', showOthers: 'Show others’ notes',
    copyShared: 'Copy to what is shared', copyMeeting: 'Copy for the whole meeting', takeBack: 'Take back', remove: 'Delete', removeThis: 'Delete: {text}',
  },
  tray: {
    title: 'Notes without a place', text: 'The paper has a new version in which the place of these notes was not found.', count: '{count} note without a place | {count} notes without a place',
    was: 'Before: page {page}', place: 'Put on the page', dismiss: 'Drop this note',
  },
  comment: {
    submit: 'Submit as a formal comment', title: 'Formal comments ({count})', closed: 'Seen by chair, secretary and author', disclosed: 'Seen by the meeting', withdrawn: 'Withdrawn',
    place: 'Page {page}, version {version}', withdraw: 'Withdraw', disclose: 'Open to the meeting', answer: 'Answer', answerText: 'Answer', verdictLabel: 'What is done about it', send: 'Send the answer',
    verdict: { accepted: 'Accepted.', explained: 'Explained.', noted: 'Noted.' },
  },
  export: { button: 'Download with notes', suffix: ' (with notes).pdf', locked: 'The file is locked; notes cannot be added to it.', unreadable: 'The file with notes could not be made.' },
}
