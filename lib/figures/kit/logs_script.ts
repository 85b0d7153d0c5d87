/**
 * The script inside the sessions table. Plain JavaScript of the kind every notebook front end runs; it builds text nodes
 * and never parses HTML. `tests/figures/logs_test.ts` runs it.
 */
export const LOGS_SCRIPT = `
(function () {
  var roots = document.querySelectorAll('[data-atl-table$="logs"]:not([data-ready])');
  Array.prototype.forEach.call(roots, function (root) {
    root.setAttribute("data-ready", "yes");
    var data = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
    var body = root.querySelector("tbody"), pager = root.querySelector(".pager"), bar = root.querySelector(".controls");
    var heads = root.querySelectorAll("thead th");
    var state = { sort: -1, up: true, page: 0, pick: ["", "", "", ""], text: "" };
    function number(v, digits) {
      return v.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    }
    function big(v) {
      var units = [[1e9, "B"], [1e6, "M"], [1e3, "k"]];
      for (var i = 0; i < 3; i++) if (v >= units[i][0] * 0.9995)
        return number(v / units[i][0], v < units[i][0] * 9.95 ? 1 : 0) + units[i][1];
      return number(v, 0);
    }
    function time(v) {
      if (v < 99.5) return number(v, v < 9.95 ? 1 : 0) + " s";
      return v < 5970 ? number(v / 60, 1) + " min" : number(v / 3600, 1) + " h";
    }
    function money(v) {
      if (v === null) return "n/a";
      if (v > 0 && v < 0.01) return "$" + Number(v.toPrecision(2));
      return "$" + number(v, v >= 1000 ? 0 : 2);
    }
    var write = { 5: big, 6: function (v) { return number(v, 0); }, 7: time, 8: money };
    function value(row, c) { return c >= 1 && c <= 4 ? data.names[c - 1][row[c]] : row[c]; }
    function add(parent, tag, text, kind) {
      var node = document.createElement(tag);
      if (text !== undefined) node.textContent = text;
      if (kind) node.className = kind;
      parent.appendChild(node);
      return node;
    }
    function matching() {
      var text = state.text.toLowerCase();
      var rows = data.rows.filter(function (row) {
        for (var c = 0; c < 4; c++) if (state.pick[c] !== "" && row[c + 1] !== +state.pick[c]) return false;
        return !text || (row[0] + " " + (row[9] || "")).toLowerCase().indexOf(text) >= 0;
      });
      if (state.sort < 0) return rows;
      var c = state.sort, sign = state.up ? 1 : -1;
      return rows.slice().sort(function (a, b) {
        var x = value(a, c), y = value(b, c);
        if (x === null || y === null) return (x === null) - (y === null);
        return x < y ? -sign : x > y ? sign : 0;
      });
    }
    function draw() {
      var rows = matching(), pages = Math.max(1, Math.ceil(rows.length / data.page));
      state.page = Math.min(Math.max(0, state.page), pages - 1);
      body.textContent = "";
      rows.slice(state.page * data.page, (state.page + 1) * data.page).forEach(function (row) {
        var tr = add(body, "tr");
        for (var c = 0; c < row.length; c++) {
          if (c === 4) add(add(tr, "td"), "span", value(row, c), "chip " + value(row, c));
          else if (write[c]) add(tr, "td", row[c] === null ? "n/a" : write[c](row[c]), "num");
          else if (c === 9) add(add(tr, "td", undefined, "wide"), "div", row[c], "clamp").title = row[c];
          else add(tr, "td", value(row, c));
        }
      });
      pager.textContent = "";
      [["Previous", -1], ["Next", 1]].forEach(function (step) {
        var button = add(pager, "button", step[0]);
        button.type = "button";
        button.disabled = step[1] < 0 ? state.page === 0 : state.page === pages - 1;
        button.addEventListener("click", function () { state.page += step[1]; draw(); });
      });
      var shown = number(rows.length, 0) + " of " + number(data.rows.length, 0) + " sessions";
      add(pager, "span", shown + ", page " + (state.page + 1) + " of " + pages);
      Array.prototype.forEach.call(heads, function (th, c) {
        th.setAttribute("aria-sort", c !== state.sort ? "none" : state.up ? "ascending" : "descending");
        th.firstChild.textContent = labels[c] + (c !== state.sort ? "" : state.up ? " \\u2191" : " \\u2193");
      });
    }
    var labels = Array.prototype.map.call(heads, function (th) { return th.textContent; });
    Array.prototype.forEach.call(heads, function (th, c) {
      th.textContent = "";
      var button = add(th, "button", labels[c]);
      button.type = "button";
      button.addEventListener("click", function () {
        state.up = state.sort === c ? !state.up : c < 5;
        state.sort = c;
        state.page = 0;
        draw();
      });
    });
    ["benchmark", "harness", "model", "verdict"].forEach(function (name, i) {
      var label = add(bar, "label", name + " "), select = add(label, "select");
      add(select, "option", "all").value = "";
      data.names[i].forEach(function (option, j) { add(select, "option", option).value = String(j); });
      select.addEventListener("change", function () { state.pick[i] = select.value; state.page = 0; draw(); });
    });
    var find = add(add(bar, "label", "search "), "input");
    find.type = "search";
    body.addEventListener("click", function (event) {
      if (event.target.classList.contains("clamp")) event.target.classList.toggle("open");
    });
    find.addEventListener("input", function () { state.text = find.value; state.page = 0; draw(); });
    draw();
  });
})();
`.trim();
