// The least an extension can do: a click goes page → worker → offscreen document → socket; a frame comes back to a page.
const ready = chrome.offscreen
  .createDocument({ url: 'offscreen.html', reasons: ['WORKERS'], justification: 'floor of the measurements' })
  .catch(() => null);
chrome.runtime.onMessage.addListener((message) => {
  if (message.to === 'worker') void ready.then(() => chrome.runtime.sendMessage({ ...message, to: 'offscreen' }));
});
