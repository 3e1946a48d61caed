import { FileImage, FileSpreadsheet, FileText, Presentation } from '@lucide/vue'
import type { Component } from 'vue'

/** What the person chooses from; the hub looks at the bytes, whatever a file is called. */
export const acceptedFiles = '.pdf,.docx,.doc,.rtf,.odt,.xlsx,.xls,.ods,.pptx,.ppt,.odp,.jpg,.jpeg,.png,.webp,.tif,.tiff,application/pdf,image/jpeg,image/png,image/webp,image/tiff,'
  + '.docm,.dotx,.dotm,.ott,.xlsm,.xlsb,.xltx,.xltm,.ots,.pptm,.ppsx,.ppsm,.potx,.otp'

/** An icon for the eye, by the name, which is all that is known before the hub has looked. */
export function iconOfFile(name: string): Component {
  if (/\.(?:xl\w+|ods|ots)$/i.test(name)) return FileSpreadsheet
  if (/\.(?:pp\w+|pot\w*|odp|otp)$/i.test(name)) return Presentation
  return /\.(?:jpe?g|png|webp|tiff?)$/i.test(name) ? FileImage : FileText
}
