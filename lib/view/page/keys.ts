/** Whether a key is meant for a field that takes text. */
export function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit|file)$/.test(target.type);
  return /^(TEXTAREA|SELECT)$/.test(target.tagName);
}
