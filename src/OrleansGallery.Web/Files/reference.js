// The reference has the colours that the reader chose for the page, or those of the system.

const kept = localStorage.getItem('gallery-colours');
const dark = kept ? kept === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;

export default { forceDarkModeState: dark ? 'dark' : 'light', hideDarkModeToggle: true };
