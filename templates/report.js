/* A figure that is clicked or focused shows its row, its column, its cell and last year's. Without this, it is text. */
(() => {
  "use strict";
  const told = JSON.parse(document.getElementById("origins").textContent);
  const figures = [...document.querySelectorAll("article data[data-key]")];
  const tableOf = (figure) => figure.closest("table");
  const inTables = new Map(figures.filter(tableOf).map((figure) => [figure.dataset.key, figure]));
  const most = 6; // cells told of a number that is a sum
  const tip = document.createElement("div");
  let shown;

  const add = (to, tag, text) => {
    const made = document.createElement(tag);
    made.textContent = text;
    return to.appendChild(made);
  };
  const list = (pairs) => {
    const made = add(tip, "dl", "");
    for (const [name, words] of pairs) {
      if (!words) continue;
      const pair = add(made, "div", "");
      add(pair, "dt", name);
      add(pair, "dd", words);
    }
  };

  /* The labels that a cell names as its heads: those of its row, those of its column. */
  const heads = (cell) => {
    const named = cell.headers.split(" ").map((id) => document.getElementById(id));
    const words = (some) => some.map((head) => head.textContent.trim()).filter(Boolean).join(" › ");
    const isRow = (head) => head.scope.startsWith("row");
    return [["行", words(named.filter(isRow))], ["列", words(named.filter((head) => !isRow(head)))]];
  };
  const origin = (key) => {
    const [table, ...rest] = key.split("/");
    const [address, last] = told[table].cells[rest.join("/")] || ["", ""];
    return [["位置", address.includes("!") || !address ? address : `${told[table].sheet}!${address}`], ["上年", last]];
  };
  const fill = (figure) => {
    const keys = figure.dataset.key.split(" ");
    const words = figure.textContent.trim();
    tip.replaceChildren();
    add(tip, "p", words || "未填").className = "figure";
    if (keys[1]) add(tip, "p", `由 ${keys.length} 项得出：`);
    for (const key of keys.slice(0, most)) {
      const it = inTables.get(key);
      const there = it && it.textContent.trim();
      list(it ? [["数", there === words ? "" : there], ...heads(it.parentNode), ...origin(key)] : [["取自", told.fields[key]]]);
    }
    if (keys[most]) add(tip, "p", `……等 ${keys.length} 项`);
  };

  /* Below the figure, or above it where there is no room; never beyond the edge of the page. */
  const put = (figure) => {
    const at = figure.getBoundingClientRect();
    tip.style.left = 0;
    tip.hidden = false;
    const { offsetWidth: wide, offsetHeight: high } = tip;
    const left = Math.min(at.left + at.width / 2 - wide / 2, document.documentElement.clientWidth - wide - 8);
    const top = at.bottom + 8 + high > innerHeight && at.top > high + 8 ? at.top - high - 8 : at.bottom + 8;
    tip.style.left = `${Math.max(left, 8) + scrollX}px`;
    tip.style.top = `${top + scrollY}px`;
  };
  const hide = () => {
    if (shown) shown.removeAttribute("aria-describedby");
    tip.hidden = true;
  };
  const show = (figure) => {
    hide();
    fill(figure);
    put(figure);
    figure.setAttribute("aria-describedby", tip.id);
    shown = figure;
  };

  /* The figure of the row above or below that stands nearest. */
  const across = (figure, step) => {
    const middle = (one) => one.getBoundingClientRect().left + one.offsetWidth / 2;
    const rows = [...tableOf(figure).rows].filter((row) => row.querySelector("data"));
    const row = rows[rows.indexOf(figure.closest("tr")) + step];
    const off = (one) => Math.abs(middle(one) - middle(figure));
    return row && [...row.querySelectorAll("data")].sort((one, other) => off(one) - off(other))[0];
  };
  const along = (figure, step) => {
    const all = [...tableOf(figure).querySelectorAll("data")];
    return all[all.indexOf(figure) + step];
  };
  const steps = { ArrowRight: [along, 1], ArrowLeft: [along, -1], ArrowDown: [across, 1], ArrowUp: [across, -1] };

  /* The Tab key stops once in a table, where it was left, and at each number in a text. */
  const stop = (figure) => {
    for (const one of tableOf(figure) ? tableOf(figure).querySelectorAll("data") : []) one.tabIndex = -1;
    figure.tabIndex = 0;
  };

  tip.id = "origin";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  for (const one of figures) one.tabIndex = tableOf(one) && tableOf(one).querySelector("data") !== one ? -1 : 0;
  document.documentElement.classList.add("live");
  add(document.querySelector(".side") || tip, "p", "点选数字可看出处；表中用方向键移动，Esc 键收起。").className = "how";
  for (const one of document.querySelectorAll(".side details")) one.open = !matchMedia("(max-width: 76rem)").matches;

  document.addEventListener("focusin", ({ target }) => {
    if (!figures.includes(target)) return hide();
    stop(target);
    show(target);
  });
  document.addEventListener("click", ({ target }) => {
    if (tip.contains(target)) return;
    const cell = target.closest("article td");
    const it = target.closest("a") ? null : cell ? cell.querySelector("data") : target.closest("article data");
    if (!it) hide();
    else if (document.activeElement === it) show(it);
    else it.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const [move, step] = steps[event.key] || [];
    if (!move || !figures.includes(event.target) || !tableOf(event.target)) return;
    event.preventDefault();
    const next = move(event.target, step);
    if (next) next.focus();
  });
  document.addEventListener("scroll", ({ target }) => target === document || hide(), true);
  addEventListener("resize", hide);
})();
