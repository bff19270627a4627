chrome.runtime.connect({ name: 'state' }).onMessage.addListener(({ state }) => {
  document.querySelector('p').textContent = state;
});
