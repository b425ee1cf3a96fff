// Sorts and filters the table of leaflets. Without it the table is whole and in the order of its rows.
"use strict";

const table = document.getElementById("table");
const body = table.tBodies[0];
const rows = [...body.rows];
const heads = [...table.tHead.rows[0].cells];
const form = document.getElementById("filter");
const words = document.getElementById("words");
const language = document.getElementById("language");
const state = document.getElementById("state");
const count = document.getElementById("count");
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
let sorted = "";
const texts = new Map(rows.map((row) => [row, row.textContent.toLocaleLowerCase()]));

function value(row, at) {
  const cell = row.cells[at];
  return cell.dataset.value ?? cell.textContent;
}

function sort(at) {
  const down = heads[at].getAttribute("aria-sort") === "ascending";
  const isFigure = body.rows.length > 0 && body.rows[0].cells[at].classList.contains("figure");
  const keys = new Map(rows.map((row) => [row, isFigure ? Number(value(row, at)) : value(row, at)]));
  const compare = isFigure ? (one, other) => one - other : collator.compare;
  rows.sort((one, other) => compare(keys.get(one), keys.get(other)) * (down ? -1 : 1));
  body.append(...rows);
  heads.forEach((head) => head.removeAttribute("aria-sort"));
  heads[at].setAttribute("aria-sort", down ? "descending" : "ascending");
  const name = heads[at].textContent.trim();
  sorted = (down ? count.dataset.down : count.dataset.up).replace("#", () => name);
  tell();
}

function tell() {
  const shown = rows.filter((row) => !row.hidden).length;
  count.textContent = `${count.dataset.text.replace("#", String(shown))}. ${sorted}`.trim();
}

function filter() {
  const wanted = words.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const row of rows) {
    const fits = wanted.every((word) => texts.get(row).includes(word))
      && (!language.value || row.dataset.language === language.value)
      && (!state.value || row.dataset.state.split(" ").includes(state.value));
    row.hidden = !fits;
  }
  tell();
}

heads.forEach((head, at) => {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => sort(at));
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", filter);
form.hidden = false;
filter();
