/// What a page does beyond showing: sorts and filters tables of class `list`, copies commands, and
/// unfolds everything for the printer. Without it nothing is missing but that.
enum PageScript {
  /// The script.
  static let text = #"""
    (() => {
      const make = (tag, name, text) => {
        const element = document.createElement(tag);
        element.className = name;
        element.textContent = text;
        return element;
      };
      for (const block of document.querySelectorAll("pre.command")) {
        const button = make("button", "copy", "Copy");
        const said = block.textContent;
        button.type = "button";
        button.addEventListener("click", () => {
          const done = () => { button.textContent = "Copied"; };
          const select = () => {
            getSelection().selectAllChildren(block);
            if (document.execCommand("copy")) done();
          };
          if (navigator.clipboard) navigator.clipboard.writeText(said).then(done, select);
          else select();
        });
        block.before(button);
      }
      const number = (text) => {
        const found = text.replace(/,/g, "").replace("−", "-").match(/^-?[\d.]+(e[-+]?\d+)?/i);
        return found ? Number(found[0]) : NaN;
      };
      for (const table of document.querySelectorAll("table.list")) {
        const body = table.tBodies[0], rows = [...body.rows];
        [...table.tHead.rows[0].cells].forEach((head, column) => {
          const button = make("button", "sort", head.textContent);
          button.type = "button";
          head.replaceChildren(button);
          button.addEventListener("click", () => {
            const down = head.getAttribute("aria-sort") === "ascending";
            for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
            head.setAttribute("aria-sort", down ? "descending" : "ascending");
            const keys = new Map(rows.map((row) => [row, row.cells[column].textContent.trim()]));
            rows.sort((a, b) => {
              const [x, y] = [keys.get(a), keys.get(b)], [p, q] = [number(x), number(y)];
              const order = isNaN(p) || isNaN(q)
                ? isNaN(q) - isNaN(p) || x.localeCompare(y) : p - q;
              return down ? -order : order;
            });
            body.append(...rows);
          });
        });
        const label = make("label", "filter", "Show rows with ");
        const field = make("input", "", ""), count = make("output", "quiet", "");
        field.type = "search";
        field.placeholder = "words, for example: Dropout 500";
        field.addEventListener("input", () => {
          const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
          let shown = 0;
          for (const row of rows) {
            const text = " " + row.textContent.toLowerCase() + " ";
            const cells = [...row.cells].map((cell) => cell.textContent.toLowerCase());
            const fits = words.every((word) => /^[\d.]+$/.test(word)
              ? cells.includes(word) : text.includes(word));
            row.hidden = !fits;
            shown += fits;
          }
          count.textContent = words.length ? " " + shown + " of " + rows.length : "";
        });
        label.append(field);
        table.closest(".scroll").before(label, count);
      }
      const unfold = () => {
        const target = location.hash && document.getElementById(location.hash.slice(1));
        for (let box = target; box; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true;
        if (target) target.scrollIntoView();
      };
      addEventListener("hashchange", unfold);
      unfold();
      let folded = [];
      addEventListener("beforeprint", () => {
        folded = [...document.querySelectorAll("details:not([open])")];
        for (const details of folded) details.open = true;
      });
      addEventListener("afterprint", () => { for (const details of folded) details.open = false; });
    })();

    """#
}
