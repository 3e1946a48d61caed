/** Refusals about the stage of the bridge; each is given by a rule in shared/meeting/stage. */
export const stageRefusals = {
  'stage.unchanged': { vi: 'Cầu truyền hình đang được đặt đúng như vậy.', en: 'The stage is like that already.' },
  'stage.chairPlace': { vi: 'Không đưa nơi chủ tọa đang ngồi ra khỏi cầu truyền hình.', en: 'The chair’s own place cannot be removed from the bridge.' },
  'stage.full': { vi: 'Chỉ đưa lên hình cùng lúc tối đa {most} điểm.', en: 'At most {most} places can be put on stage at once.' },
} as const
