/** Refusals about recording a meeting: by the rules in shared/meeting/recording, and by what this hub can do (server/recordings). */
export const recordingRefusals = {
  'recording.notAllowed': { vi: 'Cuộc họp này không được phép ghi âm, ghi hình; việc cho phép được đặt khi chuẩn bị họp.', en: 'This meeting may not be recorded; that is laid down when it is prepared.' },
  'recording.unchanged': { vi: 'Việc ghi âm, ghi hình đã ở trạng thái này.', en: 'The recording is like that already.' },
  'recording.notStarted': { vi: 'Cuộc họp hiện không được ghi âm, ghi hình.', en: 'The meeting is not being recorded.' },
} as const

/** What this hub says before and after. */
export const recordingHubRefusals = {
  'recording.noProgram': { vi: 'Máy chủ chưa có ffmpeg nên không ghi âm, ghi hình được. Hãy cài gói Debian “ffmpeg”.', en: 'The hub has no ffmpeg, so nothing can be recorded. Install Debian’s package “ffmpeg”.' },
  'recording.noVideo': { vi: 'Máy chủ chưa có cầu truyền hình nên chưa ghi âm, ghi hình được.', en: 'The hub has no video, so nothing can be recorded.' },
  'recording.noRoom': { vi: 'Ổ đĩa còn {free} GB, ghi hết cuộc họp này cần khoảng {needed} GB.', en: 'The disk has {free} GB left; recording this meeting takes about {needed} GB.' },
  'recording.notReady': { vi: 'Bản ghi chưa dựng xong.', en: 'The recording is not finished yet.' },
} as const
