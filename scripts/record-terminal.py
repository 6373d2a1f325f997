#!/usr/bin/env python3
"""Records a real run in a terminal as an animated SVG: a study is started, stopped by Ctrl-C, started
again by the same command, and its table stands there.

    scripts/record-terminal.py PROGRAM OUTPUT.svg

The study is configs/quickstart.json, trained in a folder of its own. Nothing is drawn by hand: what the
program writes to a terminal of 80 columns goes through a small terminal emulator, and the screen is kept
whenever it changes. The picture plays faster than the run and says so.
"""

import fcntl
import html
import os
import pty
import re
import select
import shutil
import struct
import sys
import tempfile
import termios
import time

COLUMNS, ROWS = 80, 26
STOP_AFTER = 0.35  # of the runs shown as done, in the first call
SPEED = 8
SHORTEST_FRAME = 0.15  # seconds of the picture
KEY_FRAME = 1.2  # seconds of the picture that Ctrl-C is seen: the program draws over it at once
LAST_FRAME = 9
COLOURS = {
    30: "#6e7781", 31: "#ff8e7f", 32: "#7ee2a8", 33: "#f2cc60", 34: "#79b8ff",
    35: "#d2a8ff", 36: "#76e3ea", 37: "#e6edf3", 90: "#8b949e",
}


class Screen:
    """The part of a terminal that the program uses: text, line ends, cursor movement, erasing, colours."""

    def __init__(self):
        self.rows = [[]]
        self.row = self.column = 0
        self.style = ("", False)

    def feed(self, text):
        position = 0
        while position < len(text):
            match = re.compile(r"\x1b\[([?\d;]*)([A-Za-z])").match(text, position)
            if match:
                self.control(match.group(1), match.group(2))
                position = match.end()
                continue
            character = text[position]
            position += 1
            if character == "\n":
                self.row += 1
                while len(self.rows) <= self.row:
                    self.rows.append([])
                self.column = 0
            elif character == "\r":
                self.column = 0
            elif character >= " ":
                line = self.rows[self.row]
                while len(line) <= self.column:
                    line.append((" ", ("", False)))
                line[self.column] = (character, self.style)
                self.column += 1

    def control(self, arguments, name):
        numbers = [int(part) for part in arguments.split(";") if part.isdigit()]
        count = numbers[0] if numbers else 1
        line = self.rows[self.row]
        if name == "A":
            self.row = max(0, self.row - count)
        elif name == "B":
            self.row = min(len(self.rows) - 1, self.row + count)
        elif name == "G":
            self.column = count - 1
        elif name == "C":
            self.column += count
        elif name == "K":
            del line[self.column if not numbers or numbers[0] == 0 else 0:]
        elif name == "J":
            del line[self.column:]
            del self.rows[self.row + 1:]
        elif name == "m":
            for number in numbers or [0]:
                if number == 0:
                    self.style = ("", False)
                elif number == 1:
                    self.style = (self.style[0], True)
                elif number in COLOURS:
                    self.style = (COLOURS[number], self.style[1])
                elif number == 39:
                    self.style = ("", self.style[1])

    def shown(self):
        """The last lines, as runs of equal style."""
        lines = []
        for row in self.rows[-ROWS:]:
            spans = []
            for character, style in row:
                if spans and spans[-1][1] == style:
                    spans[-1][0] += character
                else:
                    spans.append([character, style])
            lines.append(tuple((text, style) for text, style in spans))
        return tuple(lines)


class Recording:
    def __init__(self):
        self.screen = Screen()
        self.frames = []
        self.now = 0.0

    def keep(self):
        shown = self.screen.shown()
        if not self.frames or self.frames[-1][1] != shown:
            self.frames.append((self.now, shown))

    def type(self, text):
        """What a person types, at the speed of one."""
        self.screen.feed("$ ")
        for character in text:
            self.screen.feed(character)
            self.now += 0.045 * SPEED
            self.keep()
        self.now += 0.5 * SPEED
        self.screen.feed("\n")
        self.keep()

    def run(self, command, stop):
        """Runs a command in a terminal; `stop` says when to press Ctrl-C."""
        child, terminal = pty.fork()
        if child == 0:
            os.environ.update(TERM="xterm-256color", COLUMNS=str(COLUMNS), LINES=str(ROWS))
            os.environ.pop("NO_COLOR", None)
            os.execvp(command[0], command)
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        begun, start = time.monotonic(), self.now
        stopped = False
        while True:
            ready, _, _ = select.select([terminal], [], [], 0.1)
            self.now = start + time.monotonic() - begun
            if ready:
                try:
                    data = os.read(terminal, 65536)
                except OSError:
                    break
                if not data:
                    break
                text = data.decode("utf-8", "replace")
                echo, key, rest = text.partition("^C") if stopped else (text, "", "")
                self.screen.feed(echo + key)
                self.keep()
                if key:
                    start += KEY_FRAME * SPEED
                    self.now += KEY_FRAME * SPEED
                    self.screen.feed(rest)
                    self.keep()
            if not stopped and stop(self.now - start):
                os.write(terminal, b"\x03")
                stopped = True
        _, status = os.waitpid(child, 0)
        self.keep()
        return os.waitstatus_to_exitcode(status)


def picture(frames, seconds):
    """The frames as one SVG; what cannot play it, or should not, shows the last one."""
    line, width = 17, 8.05
    size = (COLUMNS * width + 24, ROWS * line + 58)
    times = []
    for start, shown in frames:
        at = start / SPEED
        if times and at - times[-1][0] < SHORTEST_FRAME:
            times[-1] = (times[-1][0], shown)
        else:
            times.append((at, shown))
    total = times[-1][0] + LAST_FRAME
    style, body = [], []
    for index, (at, shown) in enumerate(times):
        end = times[index + 1][0] if index + 1 < len(times) else total
        first, last = 100 * at / total, 100 * end / total
        style.append(
            f"@keyframes k{index}{{0%{{visibility:{'visible' if at == 0 else 'hidden'}}}"
            f"{first:.3f}%{{visibility:visible}}{last:.3f}%{{visibility:hidden}}}}"
            f"#f{index}{{animation:k{index} {total:.2f}s step-end infinite}}"
        )
        rows = []
        for number, spans in enumerate(shown):
            if not spans:
                continue
            text = "".join(
                "<tspan{}{}>{}</tspan>".format(
                    f' fill="{colour}"' if colour else "",
                    ' font-weight="700"' if bold else "",
                    html.escape(words),
                )
                if colour or bold
                else html.escape(words)
                for words, (colour, bold) in spans
            )
            rows.append(f'<text x="12" y="{number * line + 44}">{text}</text>')
        hidden = "" if index == len(times) - 1 else ' visibility="hidden"'
        body.append(f'<g id="f{index}"{hidden}>' + "".join(rows) + "</g>")
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]:.0f} {size[1]:.0f}" role="img">
<title>regbench in a terminal</title>
<desc>A study is started, stopped by Ctrl-C, started again by the same command, and prints its table. The run took {seconds:.0f} seconds and is played {SPEED} times as fast.</desc>
<style>
text{{font:13.2px ui-monospace,"SFMono-Regular","Liberation Mono",Menlo,Consolas,monospace;white-space:pre;fill:#e6edf3}}
@media (prefers-reduced-motion:no-preference){{
{chr(10).join(style)}
}}
</style>
<rect width="100%" height="100%" rx="9" fill="#0d1117"/>
<circle cx="18" cy="16" r="5" fill="#ff8e7f"/><circle cx="35" cy="16" r="5" fill="#f2cc60"/><circle cx="52" cy="16" r="5" fill="#7ee2a8"/>
{chr(10).join(body)}
<text x="12" y="{size[1] - 8:.0f}" style="font-size:11px;fill:#8b949e">{seconds:.0f} seconds, played {SPEED} times as fast</text>
</svg>
"""


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program, output = map(os.path.abspath, sys.argv[1:])
    config = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "configs")
    folder = tempfile.mkdtemp()
    try:
        os.chdir(folder)
        shutil.copytree(config, "configs")
        os.mkdir("bin")
        os.symlink(program, "bin/regbench")
        os.environ["PATH"] = os.path.join(folder, "bin") + ":" + os.environ["PATH"]
        command = ["regbench", "run", "configs/quickstart.json"]
        recording = Recording()
        recording.type(" ".join(command))
        begun = time.monotonic()

        def some_are_done(seconds):
            done = re.findall(r"(\d+) of (\d+)", str(recording.screen.shown()))
            shares = [int(a) / int(b) for a, b in done if int(b) > 1]
            return seconds > 4 and any(share >= STOP_AFTER for share in shares)

        status = recording.run(command, some_are_done)
        if status != 75:
            sys.exit(f"the first call ended with {status}, not by Ctrl-C")
        recording.now += 1.5 * SPEED
        recording.type(" ".join(command))
        status = recording.run(command, lambda seconds: False)
        if status != 0:
            sys.exit(f"the second call ended with {status}")
        text = picture(recording.frames, time.monotonic() - begun)
        with open(output, "w", encoding="utf-8") as file:
            file.write(text)
        print(f"{output}: {len(text) // 1000} kB, {len(recording.frames)} screens")
    finally:
        os.chdir("/")
        shutil.rmtree(folder)


main()
