// Copies a command or prints the page where a button asks for it. Holds no state.
document.documentElement.classList.add("has-script");

const said = () => document.getElementById("said");

function announce(button, words) {
  const label = button.dataset.label || (button.dataset.label = button.textContent);
  button.textContent = words;
  said().textContent = words;
  setTimeout(() => {
    button.textContent = label;
    said().textContent = "";
  }, 2500);
}

function select(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const code = button.parentElement.querySelector("code");
  const words = said().dataset;
  try {
    await navigator.clipboard.writeText(code.textContent.trim());
    announce(button, words.copied);
  } catch {
    // Without HTTPS a browser gives no clipboard: mark the text, so that one key copies it.
    select(code);
    announce(button, document.execCommand("copy") ? words.copied : words.marked);
  }
});

document.querySelector("[data-print]")?.addEventListener("click", () => print());

// The account menu closes like every menu: with Escape, or by going elsewhere.
const menu = document.querySelector(".account-menu");
if (menu) {
  document.addEventListener("click", (event) => menu.contains(event.target) || menu.removeAttribute("open"));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  });
}

// A browser knows passkeys only at a name with HTTPS or at "localhost"; where it does not, no button promises them.
const isNumber = /^[0-9.]+$|:/.test(location.hostname);
if (!window.PublicKeyCredential || isNumber) {
  document.querySelectorAll("[data-needs-passkey]").forEach((button) => button.setAttribute("hidden", ""));
  document.querySelectorAll("[data-no-passkey]").forEach((notice) => notice.removeAttribute("hidden"));
}

// Buttons that act on ticked rows say how many there are, and can be pressed once there is one.
function count(form) {
  const rows = [...form.querySelectorAll("tbody input[type=checkbox]")];
  const ticked = rows.filter((row) => row.checked).length;
  form.querySelectorAll("button[data-label]").forEach((button) => {
    button.textContent = ticked ? `${button.dataset.label} (${ticked})…` : `${button.dataset.label}…`;
    button.disabled = !ticked;
  });
  const all = form.querySelector("[data-all]");
  all.hidden = false;
  all.checked = ticked > 0 && ticked === rows.length;
  all.indeterminate = ticked > 0 && ticked < rows.length;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-counted]");
  if (!form) return;
  if (event.target.matches("[data-all]")) {
    form.querySelectorAll("tbody input[type=checkbox]").forEach((row) => (row.checked = event.target.checked));
  }
  count(form);
});
document.querySelectorAll("form[data-counted]").forEach(count);
document.addEventListener("htmx:afterSettle", () => document.querySelectorAll("form[data-counted]").forEach(count));

// The box of a group ticks everybody in it, and says whether all, some or nobody of them are ticked.
function showGroup(group) {
  const rows = [...group.querySelectorAll("details input[type=checkbox]")];
  const all = group.querySelector("[data-all]");
  const ticked = rows.filter((row) => row.checked).length;
  all.checked = ticked > 0;
  all.indeterminate = ticked > 0 && ticked < rows.length;
}

document.addEventListener("change", (event) => {
  const group = event.target.closest("[data-group]");
  if (!group) return;
  if (event.target.matches("[data-all]")) {
    group.querySelectorAll("details input[type=checkbox]").forEach((row) => (row.checked = event.target.checked));
  }
  showGroup(group);
});
document.querySelectorAll("[data-group]").forEach(showGroup);

// The number on a button is that of everybody; once somebody is unticked, it says what is true of any choice.
document.addEventListener("change", (event) => {
  const button = event.target.form?.querySelector("button[data-chosen]");
  if (button && event.target.matches("[data-group] input, input[name=group]")) button.textContent = button.dataset.chosen;
});
