// Put into a copy of a page: looks at the page as the browser has laid it out and tells the frame
// around it what is wrong, a line each.
(() => {
  const findings = [];
  const say = (text) => { if (findings.length < 40) findings.push(text); };
  window.addEventListener("error", (event) => say("error: " + event.message));

  const parse = (colour) => {
    const parts = (colour.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
    return { r: parts[0], g: parts[1], b: parts[2], a: parts.length > 3 ? parts[3] : 1 };
  };
  const over = (top, below) => {
    const mix = (a, b) => a * top.a + b * (1 - top.a);
    return { r: mix(top.r, below.r), g: mix(top.g, below.g), b: mix(top.b, below.b), a: 1 };
  };
  const luminance = ({ r, g, b }) => {
    const linear = [r, g, b].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const ground = (element) => {
    const layers = [];
    for (let node = element; node; node = node.parentElement) {
      if (node instanceof SVGSVGElement) {
        const paper = node.querySelector(".paper");
        if (paper) layers.push(parse(getComputedStyle(paper).fill));
      } else {
        layers.push(parse(getComputedStyle(node).backgroundColor));
      }
      if (layers.length && layers[layers.length - 1].a === 1) break;
    }
    let colour = { r: 255, g: 255, b: 255, a: 1 };
    for (const layer of layers.reverse()) colour = over(layer, colour);
    return colour;
  };

  const check = () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    const page = document.documentElement;
    if (page.scrollWidth > window.innerWidth) {
      const wide = [...document.body.querySelectorAll("*")].find(
        (node) => node.getBoundingClientRect().right > window.innerWidth + 1
          && !node.closest(".scroll"));
      say(`the page is ${page.scrollWidth} pixels wide, because of ${wide ? wide.outerHTML.slice(0, 80) : "?"}`);
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = new Set();
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || seen.has(element)) continue;
      seen.add(element);
      if (!element.getClientRects().length || element.closest("title,desc,style,script")) continue;
      const style = getComputedStyle(element);
      const isDrawn = element instanceof SVGElement;
      const ratio = contrast(parse(isDrawn ? style.fill : style.color), ground(element));
      if (ratio < 4.5) say(`contrast ${ratio.toFixed(2)}: ${walker.currentNode.data.trim().slice(0, 40)}`);
    }

    for (const table of document.querySelectorAll("table")) {
      if (!table.caption || !table.caption.textContent.trim()) say("a table without a caption");
      if (!table.querySelector("thead th[scope=col]")) say("a table without column headers");
      for (const row of table.tBodies[0].rows) {
        if (!row.querySelector("th[scope=row]")) say(`a row without a header: ${row.textContent.slice(0, 40)}`);
      }
    }
    for (const header of document.querySelectorAll("th:not([scope])")) say(`a header without scope: ${header.textContent}`);
    for (const box of document.querySelectorAll(".scroll")) {
      if (box.tabIndex !== 0 || !box.getAttribute("aria-label")) say("a scrolling box that the keyboard cannot reach");
    }
    const levels = [...document.querySelectorAll("h1,h2,h3,h4")].map((h) => Number(h.tagName[1]));
    levels.forEach((level, index) => {
      if (index && level > levels[index - 1] + 1) say("a level of headings is left out");
    });
    for (const link of document.querySelectorAll("a[href^='#']")) {
      if (!document.querySelector(link.getAttribute("href"))) say(`a link to nowhere: ${link.href}`);
    }
    for (const entry of performance.getEntriesByType("resource")) {
      if (!entry.name.startsWith("data:")) say(`a request: ${entry.name}`);
    }

    for (const element of document.querySelectorAll("a[href],button,input,summary,.scroll")) {
      if (!element.getClientRects().length) continue;
      element.focus();
      if (document.activeElement !== element || element.tabIndex < 0) {
        say(`the keyboard does not reach ${element.outerHTML.slice(0, 60)}`);
      }
    }
    if (document.activeElement) document.activeElement.blur();
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    ids.forEach((id, index) => {
      if (ids.indexOf(id) < index) say(`two elements are called ${id}`);
    });

    const titles = new Set();
    for (const figure of document.querySelectorAll("svg.rbf")) {
      const name = figure.querySelector("title").textContent;
      // A page of several studies may show two of one title.
      if (!figure.closest(".card")) {
        if (titles.has(name)) say(`two figures are called ${name}`);
        titles.add(name);
      }
      const isTable = figure.querySelector(".number");
      if (!isTable && !figure.querySelector("g .m,g .h,g .l,g .p,g .b,g .k,g image")) {
        say(`${name}: nothing is drawn`);
      }
      // A line through one place cannot be seen.
      for (const line of figure.querySelectorAll("g path.l,g path.p")) {
        if (line.getTotalLength() < 1) say(`${name}: a line without length`);
      }
      const frame = figure.getBoundingClientRect();
      const scale = frame.width / figure.viewBox.baseVal.width;
      const texts = [...figure.querySelectorAll("text")].map((text) => ({
        text, box: text.getBoundingClientRect(),
        size: parseFloat(getComputedStyle(text).fontSize) * scale,
      }));
      for (const { text, box, size } of texts) {
        if (size < 9.5) say(`${name}: text of ${size.toFixed(1)} pixels: ${text.textContent}`);
        if (box.left < frame.left - 1 || box.right > frame.right + 1) say(`${name}: cut off: ${text.textContent}`);
      }
      texts.forEach((a, index) => {
        for (const b of texts.slice(index + 1)) {
          const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
          const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
          // Boxes hold the room above and below letters, too.
          if (across > 1 && down > 5 * scale) say(`${name}: "${a.text.textContent}" meets "${b.text.textContent}"`);
        }
      });
      const drawing = figure.querySelector("g");
      const top = drawing ? drawing.getBoundingClientRect().top : frame.bottom;
      for (const legend of figure.querySelectorAll(".legend")) {
        if (legend.getBoundingClientRect().bottom > top + 4) say(`${name}: the legend covers the drawing`);
      }
    }
    parent.postMessage(
      { width: window.innerWidth, height: page.scrollHeight, findings }, "*");
  };
  window.addEventListener("load", () => setTimeout(check, 50));
})();
