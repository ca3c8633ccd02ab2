// What a browser alone can do: files that are dropped, pasted or chosen, the reader's colours, and the focus.

const shade = 'gallery-colours';

export function isDark() {
    const kept = localStorage.getItem(shade);
    const dark = kept ? kept === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    show(dark);
    return dark;
}

export function keepDark(dark) {
    localStorage.setItem(shade, dark ? 'dark' : 'light');
    show(dark);
}

function show(dark) {
    document.documentElement.dataset.colours = dark ? 'dark' : 'light';
}

// A dialog that closes gives the focus back to what had it before. The components remember that too late where a field
// of the dialog takes the focus at once.
const dialog = '.mud-dialog-container';
let before = null;
document.addEventListener('focusin', event => {
    if (!event.target.closest(dialog)) {
        before = event.target;
    }
});
new MutationObserver(changes => {
    const closed = changes.some(change => [...change.removedNodes].some(
        node => node.nodeType === Node.ELEMENT_NODE && (node.matches(dialog) || node.querySelector(dialog))));
    if (closed && before?.isConnected && document.activeElement === document.body) {
        before.focus();
    }
}).observe(document.body, { childList: true, subtree: true });

// Where the page is not secure there is no clipboard, but the older command.
export async function copy(field) {
    field.focus();
    field.select();
    try {
        await navigator.clipboard.writeText(field.value);
        return true;
    } catch {
        return document.execCommand('copy');
    }
}

// The whole page takes what is dropped: beside the zone, the browser would leave for the file.
function listenForDrops(zone, signal, take) {
    let depth = 0;
    zone.dataset.listens = '';
    const mark = () => zone.classList.toggle('over', depth > 0);
    const hasFiles = event => event.dataTransfer?.types.includes('Files');
    document.addEventListener('dragenter', event => {
        if (hasFiles(event)) {
            depth++;
            mark();
        }
    }, { signal });
    document.addEventListener('dragleave', event => {
        if (hasFiles(event)) {
            depth = Math.max(0, depth - 1);
            mark();
        }
    }, { signal });
    document.addEventListener('dragover', event => {
        if (hasFiles(event)) {
            event.preventDefault();
            event.dataTransfer.dropEffect = 'copy';
        }
    }, { signal });
    document.addEventListener('drop', event => {
        if (hasFiles(event)) {
            event.preventDefault();
            depth = 0;
            mark();
            take(event.dataTransfer);
        }
    }, { signal });
}

export function listenForPicture(page, zone) {
    const ended = new AbortController();
    let picture = null;
    let address = null;
    const take = file => {
        if (!file) {
            return;
        }

        forget();
        picture = file;
        address = URL.createObjectURL(file);
        page.invokeMethodAsync('TakePictureAsync', file.name || 'pasted picture', address);
    };
    const forget = () => {
        if (address) {
            URL.revokeObjectURL(address);
        }

        picture = address = null;
    };
    listenForDrops(zone, ended.signal, dropped => take(dropped.files[0]));
    document.addEventListener('paste', event => {
        const file = [...(event.clipboardData?.files ?? [])].find(one => one.type.startsWith('image/'));
        if (file) {
            event.preventDefault();
            take(file);
        }
    }, { signal: ended.signal });
    // Not every picture that the service reads is one that the browser can show.
    for (const [event, unshown] of [['error', true], ['load', false]]) {
        zone.addEventListener(event, what => what.target.classList.toggle('unshown', unshown),
            { capture: true, signal: ended.signal });
    }

    for (const input of zone.querySelectorAll('input[type=file]')) {
        input.addEventListener('change', () => {
            take(input.files[0]);
            input.value = '';
        }, { signal: ended.signal });
    }

    return {
        bytes: () => picture,
        stop: () => {
            ended.abort();
            forget();
        },
    };
}

// Directories are read in pieces; an empty piece is the end.
async function readEntry(entry, files) {
    if (entry.isFile) {
        const file = await new Promise((done, failed) => entry.file(done, failed)).catch(() => null);
        files.push({ path: entry.fullPath.replace(/^\//, ''), file });
        return;
    }

    const reader = entry.createReader();
    for (;;) {
        const piece = await new Promise((done, failed) => reader.readEntries(done, failed)).catch(() => []);
        if (piece.length === 0) {
            return;
        }

        for (const inner of piece) {
            await readEntry(inner, files);
        }
    }
}

export function listenForFiles(page, zone) {
    const ended = new AbortController();
    let chosen = [];
    const take = files => {
        if (files.length > 0) {
            chosen = files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
            page.invokeMethodAsync('TakeFilesAsync');
        }
    };
    listenForDrops(zone, ended.signal, async dropped => {
        // Only during the event itself do the items say what they are.
        const entries = [...dropped.items].map(item => item.webkitGetAsEntry?.()).filter(entry => entry);
        const loose = entries.length > 0 ? [] : [...dropped.files];
        const files = loose.map(file => ({ path: file.name, file }));
        for (const entry of entries) {
            await readEntry(entry, files);
        }

        take(files);
    });
    for (const input of zone.querySelectorAll('input[type=file]')) {
        input.addEventListener('change', () => {
            take([...input.files].map(file => ({ path: file.webkitRelativePath || file.name, file })));
            input.value = '';
        }, { signal: ended.signal });
    }

    return {
        listing: () => new Blob([JSON.stringify(chosen.map(one => ({ path: one.path, bytes: one.file?.size ?? 0 })))]),
        open: place => {
            if (!chosen[place]?.file) {
                throw new Error('the file cannot be opened');
            }

            return chosen[place].file;
        },
        stop: () => {
            ended.abort();
            chosen = [];
        },
    };
}
