#!/usr/bin/env bash
# Opens reports in a real browser without a screen, at 390, 1280 and 1920 pixels, light and dark, with
# everything unfolded: no message on the console, no request, no horizontal scrolling, contrast of 4.5
# at least, headers of tables, everything within the keyboard's reach, legible figures that hold marks,
# have titles of their own and whose texts and legends cover nothing. Prints each page, too, with and
# without its script: what is folded on the screen must be on paper.
# SCREENSHOTS=DIR keeps a picture of each.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly unavailable=69
regbench="${REGBENCH:-$PWD/.build/release/regbench}"
check="$PWD/scripts/browser-test/page-check.js"
example="$PWD/scripts/browser-test/example.json"
configs="$PWD/configs"
results="$PWD/results"
screenshots="${SCREENSHOTS:-}"
if [ -n "$screenshots" ]; then
  mkdir -p "$screenshots"
  screenshots="$(realpath "$screenshots")"
fi

browser=""
for name in chromium chromium-browser google-chrome; do
  if [ -z "$browser" ] && command -v "$name" >/dev/null; then browser="$name"; fi
done
if [ -z "$browser" ]; then
  if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "browser-test needs chromium; type: sudo apt-get install chromium" >&2
    exit $unavailable
  fi
  echo "installing chromium" >&2
  log="$(mktemp)"
  if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y \
    --no-install-recommends chromium fonts-liberation; } >"$log" 2>&1; then
    cat "$log" >&2
    exit $unavailable
  fi
  rm -f "$log"
  browser=chromium
fi

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# A study with everything that can be measured, a reduced one of a paper, and what is kept.
"$regbench" run "$example" --quiet >/dev/null
"$regbench" run "$configs/mnist-shakeout.json" --profile smoke --only network=lenet --quiet >/dev/null
for kept in "$results"/*/*/provenance.json; do
  [ -e "$kept" ] || continue
  name="$(basename "$(dirname "$(dirname "$kept")")")/$(basename "$(dirname "$kept")")"
  mkdir -p "results/$name"
  cp -r "$(dirname "$kept")/." "results/$name/"
done
"$regbench" report results >/dev/null

# Every figure and every table's picture that is kept, on one page.
{
  echo '<!DOCTYPE html>'
  echo '<html lang="en"><head><meta charset="utf-8"><title>figures</title>'
  echo '<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
  echo '<style>body{margin:8px}.card{max-width:360px;margin-bottom:8px;overflow-x:auto}</style>'
  echo '</head><body>'
  find results -name '*.svg' | sort | while IFS= read -r figure; do
    echo '<div class="card">'
    # Text keeps the size that it has in the file.
    sed -E '1s/viewBox="0 0 ([0-9.]+) ([0-9.]+)"/& width="\1" height="\2"/' "$figure"
    echo '</div>'
  done
  echo '</body></html>'
} >results/figures.html

# The browser's windows have a least width; a frame inside one has not. The page in the frame tells
# what it finds, and the frame's page shows it.
wrap() { # copy width height
  cat <<HTML
<!DOCTYPE html><meta charset="utf-8"><title>test</title>
<style>body{margin:0}iframe{border:0;width:$2px;height:$3px;display:block}</style>
<iframe src="$(basename "$1")"></iframe><pre id="report">no answer</pre>
<script>
addEventListener("message", (event) => {
  const { width, height, findings } = event.data;
  document.getElementById("report").textContent =
    ["FINDINGS", "width " + width, "height " + height].concat(findings, "END").join("\n");
});
</script>
HTML
}
browse() { # scheme (1 light, 0 dark), options…
  local scheme="$1"
  shift
  timeout 120 "$browser" --headless=new --no-sandbox --disable-gpu --disable-extensions \
    --no-first-run --hide-scrollbars --user-data-dir="$folder/profile" \
    --allow-file-access-from-files --enable-logging=stderr --virtual-time-budget=5000 \
    --blink-settings=preferredColorScheme="$scheme" "$@"
}

# What is wrong with a page at a width and in a scheme; nothing where all is right. Leaves dom.txt.
look() { # page width light|dark
  local copy="${1%.html}.test.html" frame="${1%.html}.frame.html" number=1
  if [ "$3" = dark ]; then number=0; fi
  { printf '<!DOCTYPE html><script>'; cat "$check"; printf '</script>'; sed 1d "$1"; } >"$copy"
  wrap "$copy" "$2" 4000 >"$frame"
  browse "$number" --window-size=1400,1000 --dump-dom "file://$folder/$frame" \
    >dom.txt 2>console.txt || true
  rm -f "$copy" "$frame"
  # Behind the answer's head stand the width, the height and what was found.
  awk '/^END/ {told = 0} told && ++line > 2; />FINDINGS$/ {told = 1}' dom.txt
  if ! grep -q '>FINDINGS$' dom.txt; then echo "the page did not answer"; fi
  if ! grep -q "^width $2$" dom.txt; then echo "it is not $2 pixels wide"; fi
  grep CONSOLE console.txt | head -n 5 || true
}
picture() { # page width light|dark
  local frame="${1%.html}.frame.html" number=1 height
  if [ "$3" = dark ]; then number=0; fi
  height="$(sed -n 's/^height //p' dom.txt | head -n 1)"
  if [ "${height:-4000}" -gt 12000 ]; then height=12000; fi
  wrap "$1" "$2" "${height:-4000}" >"$frame"
  browse "$number" --window-size="$(($2 < 500 ? 500 : $2)),${height:-4000}" \
    --screenshot="$screenshots/$(dirname "$1" | tr / -)-$2-$3.png" \
    "file://$folder/$frame" >/dev/null 2>&1 || true
  rm -f "$frame"
}

# A test that finds nothing proves something only if it finds what is there.
cat >broken.html <<'HTML'
<!DOCTYPE html><title>broken</title><body style="background:#fff">
<p style="color:#999">pale</p><div style="width:2000px">wide</div>
<table><tr><th>bare</th></tr></table><h1>one</h1><h3>three</h3>
<svg class="rbf"><title>bare</title><g></g></svg><svg class="rbf"><title>bare</title></svg>
<a href="#x" tabindex="-1">out of reach</a>
<script>console.log("talk"); missing();</script></body>
HTML
findings="$(look broken.html 390 light)"
for word in "contrast 2.85: pale" "pixels wide, because" "without a caption" "without scope" \
  "headings is left out" "missing is not defined" "CONSOLE" "bare: nothing is drawn" \
  "two figures are called bare" "the keyboard does not reach"; do
  if [[ "$findings" != *"$word"* ]]; then
    printf 'browser-test does not see what is wrong (%s):\n%s\n' "$word" "$findings" >&2
    exit 1
  fi
done

# The caption of the last table that is folded on a page, without blanks; nothing for none.
folded() { # page
  awk '/<details>/ {inside = 1} /<\/details>/ {inside = 0}
    inside && /<caption>/ {caption = $0} END {print caption}' "$1" \
    | sed -e 's/<[^>]*>//g' -e 's/&quot;/"/g' -e 's/&amp;/\&/g' -e 's/&#39;/'"'"'/g' \
    | tr -d '[:space:]'
}

failures=0
pages=0
prints=0
unread=0
while IFS= read -r page; do
  for width in 390 1280 1920; do
    for scheme in light dark; do
      findings="$(look "$page" "$width" "$scheme")"
      pages=$((pages + 1))
      if [ -n "$findings" ]; then
        failures=$((failures + 1))
        printf '%s, %s pixels, %s:\n%s\n' "$page" "$width" "$scheme" "$findings" >&2
      fi
      if [ -n "$screenshots" ]; then picture "$page" "$width" "$scheme"; fi
    done
  done
  if [ "$(basename "$page")" = report.html ]; then
    bare="${page%.html}.bare.html"
    sed '/^<script>$/,/^<\/script>$/d' "$page" >"$bare"
    for copy in "$page" "$bare"; do
      prints=$((prints + 1))
      timeout 120 "$browser" --headless=new --no-sandbox --disable-gpu --no-first-run \
        --user-data-dir="$folder/profile" --no-pdf-header-footer --print-to-pdf=page.pdf \
        "file://$folder/$copy" >/dev/null 2>&1 || true
      if ! command -v pdftotext >/dev/null; then
        unread=1
      elif ! pdftotext page.pdf - | tr -d '[:space:]' | grep -qF "$(folded "$page")"; then
        failures=$((failures + 1))
        echo "$copy: what is folded on the screen is missing on paper" >&2
      fi
    done
    rm -f "$bare"
    if [ -n "$screenshots" ] && command -v pdftoppm >/dev/null; then
      pdftoppm -r 60 -png page.pdf "$screenshots/$(dirname "$page" | tr / -)-paper"
    fi
  fi
done < <(find results -name '*.html' | sort)

if [ "$failures" -gt 0 ]; then
  echo "browser-test: $failures of $pages views have something wrong" >&2
  exit 1
fi
if [ "$unread" = 1 ]; then
  echo "browser-test: pdftotext is missing, so nothing is known of paper (apt-get install poppler-utils)" >&2
fi
echo "browser-test: $pages views and $prints prints, nothing wrong ($("$browser" --version 2>/dev/null))"
