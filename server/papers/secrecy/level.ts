/** The levels of the Law on Protection of State Secrets, as they stand on a stamp (Nghị định 30/2020/NĐ-CP, 3.3 of the form rules). */
export type SecrecyLevel = 'MẬT' | 'TỐI MẬT' | 'TUYỆT MẬT'

const levels: Record<string, SecrecyLevel> = { 'MẬT': 'MẬT', 'TỐIMẬT': 'TỐI MẬT', 'TUYỆTMẬT': 'TUYỆT MẬT' }
const plainLevels: Record<string, SecrecyLevel> = { MAT: 'MẬT', TOIMAT: 'TỐI MẬT', TUYETMAT: 'TUYỆT MẬT' }

const squeeze = (text: string): string => text.normalize('NFC').replace(/\s+/g, '')

/** The level `text` consists of, in whatever case and with letters set apart ("M Ậ T"); null when it says anything else. */
export function levelOf(text: string): SecrecyLevel | null {
  return levels[squeeze(text).toUpperCase()] ?? null
}

/** The same for text typed without diacritics ("TOI MAT"). */
export function plainLevelOf(text: string): SecrecyLevel | null {
  return plainLevels[squeeze(text).toUpperCase()] ?? null
}

/** Words that make an everyday compound with the "mật" that follows: bảo mật, bí mật, thân mật … */
export const leadsToCompound = /(?:^|[^\p{L}])(?:bảo|bí|cơ|thân|độ|ong|đường|nước|rỉ|gỉ|túi|ống|nội|gan|trao|hội|trú|điện|sào|huyền|rậm|dày|nồng|chi)$/iu

/** Words that make one with the "mật" before them: mật độ, mật khẩu, mật ong … */
export const endsCompound = /^(?:độ|khẩu|mã|ong|hoa|thiết|vụ|thư|điện|danh|báo|ước|lệnh|nghị|tông|phục|gấu|mía|đường|bí|cật|đàm|sắc|nhân|gan|rỉ|thám|phái|chỉ|ngữ|hiệu|tín|đạo)(?![\p{L}])/iu
