// Puts a number on the clipboard within a click. The async clipboard is missing on pages without TLS and may be
// forbidden to frames, so a copy event of our own comes first; the page sees nothing of it.

export async function copyText(text: string): Promise<boolean> {
  let done = false;
  const fill = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData('text/plain', text);
    done = event.clipboardData !== null;
  };
  window.addEventListener('copy', fill, { capture: true, once: true });
  document.execCommand('copy');
  window.removeEventListener('copy', fill, { capture: true });
  if (done || !isSecureContext) return done;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false, // refused by the page's permissions policy
  );
}
