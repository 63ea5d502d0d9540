// Replies: names are put back into the finished letter here, in the memory of this page only.
// The inquiry as it was pasted goes out once, to be masked; it is kept in no storage and never sent again.

const TOKEN = /〔[^〔〕\n]{1,20}〕/gu;
const NEVER = "〔個人番号〕";
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const MIN_OWN_CHARS = 2;

// What was pasted, what its tokens stand for, and the reply that this is known to belong to.
const memory = { original: "", values: new Map(), reply: "", awaited: false };
let running = null;

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const place = document.getElementById("replying");
  if (!place?.contains(form)) return;
  event.preventDefault();
  if (running) return;
  if ("paste" in form.dataset) {
    forget();
    memory.original = plain(form.querySelector("textarea").value);
  }
  if ("compose" in form.dataset && !place.dataset.reply) memory.awaited = true;
  if (memory.reply && memory.reply === place.dataset.reply) {
    for (const own of form.querySelectorAll("[data-own]")) own.value = withTokens(own.value);
  }
  form.classList.add("running");
  await go(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) });
  form.classList.remove("running");
});

document.addEventListener("click", (event) => {
  const place = document.getElementById("replying");
  const stop = event.target.closest("[data-stop]");
  if (stop) return running?.abort();
  if (event.target.closest("[data-copy]")) return copy();
  if (event.target.closest("[data-print]")) return print();
  if (event.target.id === "paste-again-do") return pasteAgain();
  const link = event.target.closest("a");
  const plainClick = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !place?.contains(link) || !plainClick || link.target || link.hasAttribute("download")) return;
  const to = new URL(link.href);
  const here = location.pathname + location.search;
  if (to.origin !== location.origin || !to.pathname.startsWith("/replies/") || to.pathname.endsWith("/delete")) return;
  if (to.hash && to.pathname + to.search === here) return;
  event.preventDefault();
  go(link.href, {});
});

document.addEventListener("change", (event) => {
  if (event.target.closest("#put-back-switch")) fill();
});

addEventListener("popstate", () => location.reload());
addEventListener("pagehide", forget);

// The page changes in place, so that its memory stays.
async function go(address, options) {
  running = new AbortController();
  try {
    const response = await fetch(address, { ...options, signal: running.signal, headers: { accept: "text/html" } });
    show(new DOMParser().parseFromString(await response.text(), "text/html"), response.url, new URL(address).hash);
  } catch (fault) {
    memory.awaited = false;
    if (fault.name !== "AbortError") tell("サーバーにつながりません。接続を確かめて、もう一度押してください。");
    else tell("中止しました。何も保存していません。");
  } finally {
    running = null;
  }
}

function show(page, address, hash) {
  const old = document.getElementById("replying");
  const made = page.getElementById("replying");
  if (!made && !page.querySelector(".fault")) return location.assign(address);
  document.title = page.title;
  const replaced = document.adoptNode(made ?? page.querySelector("main"));
  const scrolled = document.querySelector(".reply-middle")?.scrollTop ?? 0;
  old.replaceWith(replaced);
  if (address !== location.href) history.pushState(null, "", address + hash);
  arrived();
  const middle = document.querySelector(".reply-middle");
  if (middle && old.dataset.reply === replaced.dataset.reply) middle.scrollTop = scrolled;
  else scrollTo(0, 0);
  const typing = document.getElementById("part-text");
  if (typing) typing.focus();
  else document.getElementById("main")?.focus({ preventScroll: true });
}

function arrived() {
  const masked = document.getElementById("masked");
  const reply = document.getElementById("replying")?.dataset.reply;
  if (masked?.dataset.spans && memory.original) memory.values = fromSpans(memory.original, masked.dataset.spans);
  if (reply && memory.awaited) memory.reply = reply;
  if (reply) memory.awaited = false;
  fill();
}

function fill() {
  const letter = document.getElementById("letter");
  if (!letter) return;
  const tokens = [...letter.querySelectorAll("[data-token]")];
  const known = memory.reply === document.getElementById("replying").dataset.reply && memory.values.size > 0;
  const on = known && document.querySelector("#put-back-switch input").checked;
  let left = 0;
  for (const token of tokens) {
    const value = token.dataset.token === NEVER ? undefined : memory.values.get(token.dataset.token);
    token.textContent = on && value ? value : token.dataset.token;
    token.classList.toggle("filled", Boolean(on && value));
    left += on && value ? 0 : 1;
  }
  document.getElementById("put-back").hidden = tokens.length === 0;
  document.getElementById("put-back-switch").hidden = !known;
  document.getElementById("paste-again-box").hidden = known;
  document.getElementById("put-back-told").textContent = told(on, left);
  const copied = document.getElementById("copy-text");
  if (copied) copied.value = letterText();
}

function told(on, left) {
  if (on && left === 0) return "氏名などを画面の上だけで戻しています。サーバーには印のまま残ります。";
  if (on) return `戻せない印が${left}か所あります。送る前に手で書き換えてください。`;
  return `氏名などは印のままです(${left}か所)。`;
}

function pasteAgain() {
  const box = document.getElementById("paste-again");
  const found = aligned(plain(box.value), document.getElementById("inquiry-masked").textContent);
  if (!found) {
    document.getElementById("put-back-told").textContent =
      "この問合せの元の文面と合いません。はじめに貼り付けたものと同じ文面を貼り付けてください。";
    return;
  }
  box.value = "";
  memory.values = found;
  memory.reply = document.getElementById("replying").dataset.reply;
  fill();
}

// Places are counted in code points.
function fromSpans(original, spans) {
  const letters = Array.from(original);
  const values = new Map();
  for (const [, start, end, token] of spans.matchAll(/(\d+),(\d+),(〔[^〔〕\n]{1,20}〕);/gu)) {
    if (token !== NEVER && !values.has(token)) values.set(token, letters.slice(start, end).join(""));
  }
  return values;
}

// The same from a text that is pasted again: what stands between the tokens stands between the values.
function aligned(original, masked) {
  const tokens = masked.match(TOKEN) ?? [];
  const between = masked.trim().split(TOKEN);
  const text = original.trim();
  const values = new Map();
  if (!text.startsWith(between[0])) return null;
  let at = between[0].length;
  for (const [n, token] of tokens.entries()) {
    const next = between[n + 1];
    const last = n === tokens.length - 1;
    const end = last ? text.length - next.length : next ? text.indexOf(next, at + 1) : -1;
    if (last && !text.endsWith(next)) return null;
    if (end <= at) return null;
    if (token !== NEVER && !values.has(token)) values.set(token, text.slice(at, end));
    at = end + next.length;
  }
  return tokens.length > 0 ? values : null;
}

function withTokens(text) {
  const known = [...memory.values].filter(([, value]) => value.length >= MIN_OWN_CHARS);
  known.sort((a, b) => b[1].length - a[1].length);
  return known.reduce((said, [token, value]) => said.replaceAll(value, token), text);
}

function letterText() {
  const parts = [...document.querySelectorAll("#letter [data-part]")].map((part) => {
    const copied = part.cloneNode(true);
    for (const chip of copied.querySelectorAll(".chip")) chip.replaceWith(`[${chip.textContent}]`);
    return copied.textContent;
  });
  return parts.join("\n\n");
}

async function copy() {
  const told = document.getElementById("copied");
  const area = document.getElementById("copy-text");
  try {
    await navigator.clipboard.writeText(letterText());
    told.textContent = "コピーしました。";
  } catch {
    // No clipboard outside a secure context: select the text where it can be seen.
    area.closest("details").open = true;
    area.focus();
    area.select();
    told.textContent = document.execCommand("copy") ? "コピーしました。" : "選択した文をコピーしてください。";
  }
}

function tell(sentence) {
  const place = document.getElementById("replying");
  const warning = place.querySelector(".warning.ours") ?? document.createElement("p");
  warning.className = "warning ours";
  warning.setAttribute("role", "alert");
  warning.textContent = sentence;
  (place.querySelector(".running") ?? place.querySelector("main").firstElementChild).before(warning);
}

function plain(text) {
  return text.replace(/\r\n?/g, "\n").replace(UNSEEN, "");
}

function forget() {
  memory.original = "";
  memory.values = new Map();
  memory.reply = "";
  memory.awaited = false;
}

arrived();
