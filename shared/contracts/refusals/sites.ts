/** Refusals about the sites of the bridge; each is given by a rule in shared/meeting/sites. */
export const siteRefusals = {
  'sites.notYours': { vi: 'Bạn chỉ báo tình trạng của điểm cầu mình phụ trách.', en: 'You can report on your own site only.' },
  'sites.tooManyChecks': { vi: 'Điểm cầu này đã kiểm tra {most} lần, là mức tối đa.', en: 'This site has been tested {most} times, which is the most.' },
  'sites.underway': { vi: 'Điểm cầu đang họp, không cần kiểm tra hay báo sẵn sàng.', en: 'The site is taking part already; there is nothing to test or report.' },
  'sites.byTelephone': { vi: 'Điểm cầu đang họp qua điện thoại.', en: 'The site takes part by telephone.' },
  'sites.notByTelephone': { vi: 'Điểm cầu không họp qua điện thoại.', en: 'The site does not take part by telephone.' },
  'sites.notChecked': { vi: 'Hãy kiểm tra đường truyền và thiết bị trước khi báo sẵn sàng.', en: 'Test the line and the equipment before reporting ready.' },
  'sites.noSound': { vi: 'Micrô hoặc loa chưa đạt nên chưa thể báo sẵn sàng.', en: 'Microphone or loudspeaker failed the test, so the site is not ready.' },
  'sites.alreadyReady': { vi: 'Điểm cầu đã báo sẵn sàng.', en: 'The site has reported ready already.' },
  'sites.notEntered': { vi: 'Điểm cầu này chưa vào họp.', en: 'This site has not joined the meeting yet.' },
  'sites.unchanged': { vi: 'Tình trạng điểm cầu không thay đổi.', en: 'The site’s state is as it was.' },
} as const
