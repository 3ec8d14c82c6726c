/* The portal's only script. Everything works without it; here are the comforts. Hooks are data-kp-* attributes. */
"use strict";
(() => {
  window.dsWarnings = false;
  const words = () => document.body.dataset;
  const byId = (id) => document.getElementById(id);

  /* --- What happened, said once and shown at the foot of the page ------------------------------------- */
  let quiet = 0;
  function announce(sentence, lasting) {
    const status = byId("status");
    if (!status) return;
    clearTimeout(quiet);
    status.textContent = "";
    // A live region speaks when its text changes, also when the same sentence comes again.
    requestAnimationFrame(() => { status.textContent = sentence; });
    if (!lasting) quiet = setTimeout(() => { status.textContent = ""; }, 8000);
  }

  function serverSentence(xhr) {
    const type = xhr.getResponseHeader("Content-Type") || "";
    if (type.startsWith("text/plain") && xhr.responseText.length < 300) return xhr.responseText.trim();
    if (!type.startsWith("text/html")) return "";
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    return page.querySelector("[data-kp-sentence], main .kp-lead")?.textContent.trim() || "";
  }

  /* «Lagret kl. …» is no longer the newest thing to say once a saving has failed. */
  function forgetSaving(event) {
    event.detail.elt.closest?.("form")?.querySelector("[data-kp-saved-at]")?.replaceChildren();
  }

  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    forgetSaving(event);
    const usual = { 403: words().kpForbidden, 429: words().kpBusy }[xhr.status] || words().kpFailed;
    announce(serverSentence(xhr) || usual, true);
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => {
      forgetSaving(event);
      announce(words().kpOffline, true);
    });
  }
  document.addEventListener("kp-say", (event) => announce(event.detail.value, false));
  document.addEventListener("htmx:beforeRequest", (event) => {
    const status = byId("status");
    // What refreshes by itself takes no sentence away from whoever is reading it.
    if (status && !event.detail.elt.matches("[hx-trigger*='from:body']")) status.textContent = "";
  });

  /* --- Where the reader is after something changed -------------------------------------------------------- */
  document.addEventListener("htmx:afterSettle", (event) => {
    const place = event.detail.elt;
    if (!(place instanceof Element) || place.matches("[data-kp-cell]")) return;
    const summary = place.matches("ds-error-summary") ? place : place.querySelector("ds-error-summary");
    // Errors call for attention; anything else only takes a focus the swap itself made homeless.
    const homeless = !document.activeElement || document.activeElement === document.body;
    const wanted = place.matches("[data-kp-focus]") ? place : place.querySelector("[data-kp-focus]");
    if (summary) summary.focus();
    else if (homeless) wanted?.focus();
  });
  const summary = document.querySelector("ds-error-summary");
  if (summary) summary.focus();

  // A page that is read anew as a whole: the reader stands where she stood.
  document.addEventListener("htmx:beforeOnLoad", ({ detail: { xhr } }) => {
    if (xhr.getResponseHeader("HX-Refresh") === "true") sessionStorage.setItem("kp-focus", document.activeElement.id);
  });
  const stood = sessionStorage.getItem("kp-focus");
  sessionStorage.removeItem("kp-focus");
  if (stood && !summary) byId(stood)?.focus();

  /* --- One dialog host: what is fetched into #dialog-content opens it -------------------------------------- */
  const dialog = byId("dialog");
  let opener = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target?.id === "dialog-content" && !dialog.open) opener = event.detail.elt;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "dialog-content" || !dialog) return;
    const heading = dialog.querySelector("h1, h2, h3");
    if (heading) {
      heading.id = heading.id || "dialog-title";
      dialog.setAttribute("aria-labelledby", heading.id);
    }
    if (!dialog.open) dialog.showModal();
  });
  document.addEventListener("kp-close-dialog", () => dialog?.close());
  dialog?.addEventListener("click", (event) => {
    if (!event.target.closest("[data-kp-close]")) return;
    event.preventDefault();
    dialog.close();
  });
  dialog?.addEventListener("close", () => {
    byId("dialog-content").replaceChildren();
    if (opener?.isConnected) opener.focus();
    opener = null;
  });

  /* --- Menus close when left --------------------------------------------------------------------------------- */
  const openMenus = () => document.querySelectorAll("details[data-kp-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    }
  });

  /* --- Text somebody typed is not lost without a question ------------------------------------------------------ */
  const dirty = new Set();
  let pasting = 0;
  let unsent = 0; // figures that wait for the one before them
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-kp-unsaved]")) dirty.add(form);
  });
  document.addEventListener("submit", (event) => dirty.delete(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.form || event.detail.elt.closest?.("form");
    // To htmx a refusal that is shown, 422 or 409, is as successful as any; and the part that is saved now
    // is not all of the form.
    const isSaved = event.detail.successful && event.detail.xhr.status < 400;
    if (isSaved && form && !form.querySelector("[data-kp-refused]")) dirty.delete(form);
  });
  // What was refused together with the page it stood on is as unsaved as before; so is what was only looked at.
  if (summary || document.querySelector("[data-kp-typed]")) for (const form of document.querySelectorAll("form[data-kp-unsaved]")) dirty.add(form);
  window.addEventListener("beforeunload", (event) => {
    if (pasting || unsent || [...dirty].some((form) => form.isConnected)) event.preventDefault();
  });

  /* --- A field that was refused is marked where it stands, for the field itself is not replaced while people type --- */
  document.addEventListener("htmx:afterSwap", ({ detail: { requestConfig, xhr } }) => {
    const card = requestConfig?.elt.closest?.(".kp-card");
    if (!card || ![200, 422].includes(xhr.status)) return;
    const wrong = new Map([...card.querySelectorAll("a[data-kp-wrong]")].map((link) => [link.hash.slice(1), link.dataset.kpWrong]));
    for (const message of card.querySelectorAll("ds-field > [data-field='validation']")) {
      const input = message.parentElement.querySelector("input, textarea, select");
      // What is missing is missing until something is written.
      if (!wrong.has(input.id) && !input.value && !message.hasAttribute("data-kp-marked")) continue;
      message.remove();
      input.removeAttribute("aria-invalid");
    }
    for (const [id, sentence] of wrong) {
      const input = byId(id);
      const field = input?.closest("ds-field");
      if (!field || input.type === "radio") continue;
      const message = document.createElement("p");
      Object.assign(message, { id: `${id}_error`, className: "ds-validation-message", textContent: sentence });
      message.dataset.field = "validation";
      message.dataset.kpMarked = "";
      field.append(message);
      input.setAttribute("aria-invalid", "true");
    }
  });

  /* --- A form is sent when what it is saving has been saved ----------------------------------------------------- */
  // Who types and presses the button at once would otherwise race her own autosave, and be told that
  // somebody else was first.
  const waiting = new WeakSet();
  const isSaving = (form) => [...document.querySelectorAll(".htmx-request")].some(
    (one) => form.contains(one) || (form.matches("[data-kp-takeback]") && one.matches("[data-kp-grid] td")))
    || (unsent && form.matches("[data-kp-takeback]"));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[hx-post]:not([data-kp-takeback])") || !isSaving(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting.has(form)) return;
    waiting.add(form);
    const send = () => setTimeout(() => {
      // The next in the queue goes first; of two answers in the same moment one sends.
      if (isSaving(form) || !waiting.has(form)) return;
      document.removeEventListener("htmx:afterRequest", send);
      waiting.delete(form);
      form.requestSubmit(event.submitter);
    });
    document.addEventListener("htmx:afterRequest", send);
  }, true);

  /* --- Half a date is no date: what is saved meanwhile goes with what the field last was left with ------------- */
  const left = new WeakMap();
  for (const name of ["focusin", "change"]) {
    document.addEventListener(name, ({ target }) => {
      if (target.matches?.(".kp-when-left")) left.set(target, target.value);
    }, true);
  }
  document.addEventListener("htmx:configRequest", ({ detail: { parameters } }) => {
    const typing = document.activeElement;
    if (left.has(typing) && parameters[typing.name] !== undefined) parameters[typing.name] = left.get(typing);
  });

  /* --- Copying a part of the page with its headings and tables ------------------------------------------------------- */
  async function copied(part) {
    const as = (type, text) => new Blob([text], { type });
    try {
      await navigator.clipboard.write([new ClipboardItem({
        "text/html": as("text/html", part.innerHTML),
        "text/plain": as("text/plain", part.innerText),
      })]);
      return true;
    } catch {
      // Not on https, or not allowed: as if the reader had marked it. Left marked where that fails too.
      const range = document.createRange();
      range.selectNodeContents(part);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return document.execCommand("copy");
    }
  }

  for (const button of document.querySelectorAll("[data-kp-copy]")) button.hidden = false;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-kp-copy]");
    const part = button && byId(button.dataset.kpCopy);
    if (part) announce(await copied(part) ? button.dataset.kpCopied : button.dataset.kpNotCopied, false);
  });

  /* --- The grid: table[data-kp-grid] with inputs from ds/grid_cell.html --------------------------------------------- */
  const cellOf = (event) => {
    const input = event.target;
    return input instanceof HTMLInputElement && input.matches("table[data-kp-grid] input.kp-cell") ? input : null;
  };
  const saved = (input) => input.dataset.kpSaved ?? input.defaultValue;

  function neighbour(input, rows, columns) {
    // Counted from the right: a title that spans several rows is missing in all but the first of them.
    const column = (cell) => cell.closest("tr").cells.length - cell.closest("td").cellIndex;
    const cells = [...input.closest("table").querySelectorAll("input.kp-cell:enabled")];
    const here = cells.indexOf(input);
    if (columns) {
      const next = cells[here + columns];
      return next?.closest("tr") === input.closest("tr") ? next : null;
    }
    const ordered = rows > 0 ? cells.slice(here + 1) : cells.slice(0, here).reverse();
    return ordered.find((cell) => column(cell) === column(input) && cell.closest("tr") !== input.closest("tr"));
  }

  function restoreValue(input) {
    input.value = saved(input);
    input.removeAttribute("aria-invalid");
  }

  function restore(input) {
    restoreValue(input);
    byId(input.getAttribute("aria-describedby"))?.replaceChildren();
  }

  function destination(input, event) {
    const atStart = input.selectionStart === 0;
    const atEnd = input.selectionEnd === input.value.length;
    switch (event.key) {
      case "Enter": return neighbour(input, event.shiftKey ? -1 : 1, 0) || input;
      case "ArrowDown": return neighbour(input, 1, 0);
      case "ArrowUp": return neighbour(input, -1, 0);
      case "ArrowLeft": return atStart ? neighbour(input, 0, -1) : null;
      case "ArrowRight": return atEnd ? neighbour(input, 0, 1) : null;
      default: return null;
    }
  }

  document.addEventListener("keydown", (event) => {
    const input = cellOf(event);
    if (!input || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      restore(input);
      input.select();
      return;
    }
    const next = destination(input, event);
    if (!next) return;
    event.preventDefault();
    // Enter in the last row stays there, but still saves what was typed.
    if (next === input) input.blur();
    next.focus();
  });
  document.addEventListener("focusin", (event) => cellOf(event)?.select());

  /* One listener for all cells: thousands of elements with attributes of their own cost the page dearly. The
     td asks, so that no form's fields go along, and says what it sends when its turn comes: a request that
     has waited for another of the same cell goes with the version that one left. */
  const partsOf = (td) => {
    const input = td instanceof HTMLTableCellElement && td.querySelector("input.kp-cell");
    return input ? { input, key: input.id.slice(2), table: input.closest("table[data-kp-post]") } : null;
  };
  // One at a time, in the order they were typed: what undo takes back is then what was typed last.
  let turn = Promise.resolve();
  function save(td) {
    const cell = partsOf(td);
    if (!cell?.table) return turn;
    const url = `${cell.table.dataset.kpPost}${cell.key.replaceAll("-", "/")}/`;
    unsent += 1;
    turn = turn.then(() => {
      unsent -= 1;
      // What goes wrong is told by htmx's own events.
      return window.htmx.ajax("POST", url, { source: td }).catch(() => {});
    });
    return turn;
  }
  document.addEventListener("change", (event) => {
    if (cellOf(event)) save(event.target.closest("td"));
  });
  /* What was sent is kept, so that an answer never touches what has been typed since. */
  document.addEventListener("htmx:configRequest", (event) => {
    const cell = partsOf(event.detail.elt);
    if (!cell) return;
    const { input, key } = cell;
    input.dataset.kpSent = input.value;
    const block = input.dataset.kpBlock;
    event.detail.timeout = 30000; // or one lost answer would hold up all that wait behind it
    const lines = input.closest("tbody").dataset.kpLines;
    event.detail.parameters = {
      [input.name]: input.value, [`version-${key}`]: byId(`v-${key}`).value, skjema: input.getAttribute("form"), ...(lines && { linjer: lines }), ...(block && { blokk: block }),
    };
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const cell = partsOf(event.detail.requestConfig?.elt);
    const answer = cell && byId(`m-${cell.key}`);
    if (!answer) return;
    const { input } = cell;
    const refused = answer.hasAttribute("data-kp-error");
    const newer = input.value !== input.dataset.kpSent;
    if (answer.dataset.kpValue !== undefined) {
      input.dataset.kpSaved = answer.dataset.kpValue;
      if (!refused && !newer && document.activeElement !== input) input.value = answer.dataset.kpValue;
    }
    if (refused) {
      input.setAttribute("aria-invalid", "true");
      announce(`${input.getAttribute("aria-label")}: ${answer.firstChild?.textContent.trim()}`, true);
    } else {
      input.removeAttribute("aria-invalid");
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-kp-keep], [data-kp-undo]");
    const input = button && byId(button.closest("[data-kp-cell]")?.dataset.kpCell);
    if (!input) return;
    if (button.matches("[data-kp-undo]")) restore(input);
    else input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });

  /* --- A block from a spreadsheet fills the grid to the right and down; each figure is saved by itself, with a
     mark all of them share, so that the block is undone as one ---------------------------------------------- */
  function targets(input, block) {
    const editable = (row) => [...row.querySelectorAll("input.kp-cell:enabled")];
    const rows = [...input.closest("table").rows].map(editable).filter((cells) => cells.length);
    const top = rows.findIndex((cells) => cells.includes(input));
    const left = rows[top].indexOf(input);
    return block.flatMap((row, down) => row.map((text, right) => [rows[top + down]?.[left + right], text.trim()]));
  }

  async function spread(input, block) {
    const all = targets(input, block);
    const found = all.filter(([cell]) => cell);
    for (const [cell, text] of found) cell.value = text;
    let refused = 0;
    pasting += 1;
    const mark = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    for (const [cell] of found) {
      const before = byId(cell.getAttribute("aria-describedby"));
      cell.dataset.kpBlock = mark;
      await save(cell.closest("td"));
      delete cell.dataset.kpBlock;
      const answer = byId(cell.getAttribute("aria-describedby"));
      // The same message as before means that no answer came.
      if (answer === before || answer.hasAttribute("data-kp-error")) refused += 1;
    }
    pasting -= 1;
    const { kpPasted, kpRefused, kpCut } = input.closest("table").dataset;
    const cut = all.length - found.length;
    const sentence = (refused ? kpRefused : kpPasted).replace("{saved}", found.length - refused).replace("{refused}", refused);
    announce(cut ? `${sentence} ${kpCut.replace("{cut}", cut)}` : sentence, refused + cut > 0);
  }

  document.addEventListener("paste", (event) => {
    const input = cellOf(event);
    const text = (event.clipboardData?.getData("text/plain") || "").replace(/\r?\n$/, "");
    // A single figure is pasted into the text, as anywhere else.
    if (!input || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    spread(input, text.split(/\r?\n/).map((row) => row.split("\t")));
  });

  /* --- Ctrl+Z takes back what was last saved, unless something is being typed ------------------------------------- */
  document.addEventListener("keydown", (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
    const form = isUndo && document.querySelector("form[data-kp-takeback]");
    if (!form) return;
    const input = cellOf(event);
    if (input ? input.value !== saved(input) : event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    form.requestSubmit();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (!event.detail.requestConfig?.elt.matches("[data-kp-takeback]")) return;
    const message = document.querySelector(".kp-cellerr[data-kp-fresh]");
    const input = message && byId(message.dataset.kpCell);
    if (!input) return;
    message.removeAttribute("data-kp-fresh");
    const untouched = input.value === saved(input);
    input.dataset.kpSaved = message.dataset.kpValue;
    if (untouched) restoreValue(input);
    if (document.activeElement.matches("input.kp-cell")) input.focus();
  });
})();
