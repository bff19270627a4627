addEventListener('click', () => chrome.runtime.sendMessage({ to: 'worker', text: 'click' }));
