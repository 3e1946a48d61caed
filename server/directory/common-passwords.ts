/** The passwords tried first by whoever guesses, eight characters and longer; Vietnamese habits included. All lower case. */
export const commonPasswords: ReadonlySet<string> = new Set([
  '12345678', '123456789', '1234567890', '0123456789', '987654321', '87654321', '11111111', '00000000', '88888888', '66668888', '68686868',
  '12341234', '11223344', '1q2w3e4r', '1qaz2wsx', 'qwertyui', 'qwertyuiop', 'qwerty123', 'asdfghjk', 'asdfghjkl', 'zxcvbnm123',
  'abc12345', 'abcd1234', 'abc123456', 'a1234567', 'a12345678', 'a123456789', 'aa123456', 'abcdefgh', '123456aa', '123456abc', '12345678a',
  'password', 'password1', 'password123', 'p@ssw0rd', 'p@ssword', 'passw0rd', 'admin123', 'admin1234', 'admin12345', 'administrator',
  'admin@123', 'admin@1234', 'abc@1234', 'abc@12345', 'abc@123456', 'vnpt@123', 'vnpt@1234', 'viettel@123', 'welcome1', 'welcome123',
  'matkhau1', 'matkhau123', 'matkhau@123', 'mat khau', 'mậtkhẩu', 'mật khẩu', 'vietnam1', 'vietnam123', 'vietnam@123', 'hanoi123', 'saigon123',
  'anhyeuem', 'emyeuanh', 'iloveyou', 'giaoban1', 'giaoban123', 'giaoban@123', 'hopkhonggiay', 'khongcopass', 'letmein1', 'changeme', 'changeme1',
  'ubnd@123', 'ubnd1234', 'ubnd@2024', 'ubnd@2025', 'ubnd@2026', 'tinh@123', 'congchuc', 'vanphong', 'vanphong123', 'lanhdao123',
])
