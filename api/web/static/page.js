// What the pages gain with JavaScript: Enter asks, the question is shown at once, sources open beside the answer.
"use strict";

const form = document.getElementById("ask");
const pane = document.getElementById("source");
const conversation = document.getElementById("conversation");
const told = document.getElementById("told");
const narrow = matchMedia("(width < 75rem)");
let opener = null;

if (form) {
  const question = document.getElementById("question");

  question.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });

  form.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    const body = ctx.request.body;
    const again = body.get("again");
    ctx.before = again ? document.getElementById("turn-" + again) : null;
    ctx.typed = !body.get("suggestion") && !again;
    ctx.asked = (body.get("suggestion") || body.get("question") || "").trim();
  });

  form.addEventListener("htmx:before:request", (event) => {
    const { ctx } = event.detail;
    told.replaceChildren();
    if (ctx.before) {
      ctx.before.classList.add("pending");
      return;
    }
    ctx.pending = stamp("pending", ctx.asked);
    if (ctx.typed) question.value = "";
    bringUp(ctx.pending);
  });

  form.addEventListener("htmx:before:swap", (event) => event.detail.ctx.pending?.remove());

  // A stream swaps once a message: only the first brings the turn into view.
  form.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = event.detail;
    if (ctx.shown) return;
    ctx.shown = true;
    if (!ctx.before) bringUp(conversation.lastElementChild);
    if (ctx.response.status >= 400 && ctx.typed) question.value = ctx.asked;
    if (matchMedia("(pointer: coarse)").matches) question.blur();
    else if (document.activeElement === document.body) question.focus({ preventScroll: true });
  });

  form.addEventListener("htmx:error", (event) => {
    const ctx = event.detail.ctx;
    if (!ctx || ctx.shown) return;
    ctx.pending?.remove();
    ctx.before?.classList.remove("pending");
    bringUp(stamp("unreached", ctx.asked));
    if (ctx.typed) question.value = ctx.asked;
  });

  // However a stream ends, no turn may go on as if more came.
  form.addEventListener("htmx:sse:close", () => {
    for (const turn of conversation.querySelectorAll(".turn.live")) {
      turn.classList.remove("live");
      turn.removeAttribute("aria-busy");
      for (const over of turn.querySelectorAll(".wording, .stopping")) over.remove();
      turn.querySelector(".reply").append(document.getElementById("broken").content.cloneNode(true));
    }
  });

  if (!location.hash && conversation.lastElementChild) bringUp(conversation.lastElementChild);

  conversation.addEventListener("click", async (event) => {
    const button = event.target.closest(".copy");
    if (button) await copy(button);
  });
}

function stamp(id, asked) {
  const turn = document.getElementById(id).content.firstElementChild.cloneNode(true);
  turn.querySelector(".asked").textContent = asked;
  conversation.append(turn);
  return turn;
}

function bringUp(turn) {
  turn.scrollIntoView({ block: "start", behavior: "instant" });
}

async function copy(button) {
  const details = button.closest(".actions").querySelector(".plain");
  const text = details.querySelector("textarea");
  let done = false;
  try {
    await navigator.clipboard.writeText(text.value);
    done = true;
  } catch {
    // No clipboard outside a secure context: select the text where it can be seen.
    details.open = true;
    text.focus();
    text.select();
    done = document.execCommand("copy");
  }
  const before = button.textContent;
  button.textContent = done ? "コピーしました" : "選択した文をコピーしてください";
  setTimeout(() => { button.textContent = before; }, 2500);
}

if (pane) {
  document.addEventListener("click", (event) => {
    const chip = event.target.closest("a.chip[hx-get]");
    if (chip) opener = chip;
    if (event.target.closest("[data-close]")) {
      event.preventDefault();
      closePane();
    }
  });

  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx.target !== pane) return;
    openPane();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("showing")) closePane();
  });

  narrow.addEventListener("change", modal);
}

function openPane() {
  for (const chip of document.querySelectorAll(".chip[aria-current]")) chip.removeAttribute("aria-current");
  opener?.setAttribute("aria-current", "true");
  document.body.classList.add("showing");
  modal();
  pane.querySelector(".place-title")?.focus({ preventScroll: true });
  pane.scrollTop = 0;
  const cited = pane.querySelector("#cited mark, #cited");
  if (cited) {
    const below = cited.getBoundingClientRect().bottom - pane.getBoundingClientRect().bottom;
    if (below > 0) pane.scrollTop = below + pane.clientHeight / 3;
  }
}

function closePane() {
  document.body.classList.remove("showing");
  modal();
  pane.replaceChildren(document.getElementById("resting").content.cloneNode(true));
  for (const chip of document.querySelectorAll(".chip[aria-current]")) chip.removeAttribute("aria-current");
  opener?.focus();
}

// On a small screen the pane covers the answer: then it is a dialog and the rest cannot be reached.
function modal() {
  const covers = narrow.matches && document.body.classList.contains("showing");
  for (const part of document.querySelectorAll(".bar, .side, .work")) part.inert = covers;
  if (covers) {
    pane.setAttribute("role", "dialog");
    pane.setAttribute("aria-modal", "true");
  } else {
    pane.removeAttribute("role");
    pane.removeAttribute("aria-modal");
  }
}

// What was done with a finding is told where the reader is; a reason that was not taken waits to be mended.
document.addEventListener("htmx:after:swap", (event) => {
  const { target } = event.detail.ctx;
  const id = typeof target === "string" ? target.slice(1) : target?.id;
  if (id === "findings") document.querySelector("#findings > .told").focus({ preventScroll: true });
  else if (id?.startsWith("finding-")) document.querySelector(`#${id} textarea`)?.focus();
});

// The filters take little room on a phone until they are wanted.
if (matchMedia("(width < 60rem)").matches) {
  for (const details of document.querySelectorAll("details.narrow")) details.open = false;
}
