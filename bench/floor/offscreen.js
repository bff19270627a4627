let socket;
const ports = new Set();
chrome.runtime.onConnect.addListener((port) => {
  ports.add(port);
  port.onDisconnect.addListener(() => ports.delete(port));
  port.postMessage({ state: 'first' });
});
chrome.runtime.onMessage.addListener((message) => {
  if (message.to !== 'offscreen') return;
  if (message.open) {
    socket = new WebSocket(message.open);
    socket.onmessage = ({ data }) => ports.forEach((port) => port.postMessage({ state: data }));
  } else socket.send(message.text);
});
