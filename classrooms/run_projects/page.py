"""The page that stands beside a running project on the teacher's own computer: links, states, the next and the previous."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from classrooms.run_projects.values import Door, Work


@dataclass(frozen=True)
class Shown:
    """A work with whose it is and where it is marked."""

    work: Work
    who: str
    mark_url: str


@dataclass(frozen=True)
class PageWords:
    heading: str
    previous: str
    next: str
    mark: str
    no_door: str
    not_running: str
    language: str
    no_answer: str = "–"


PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{heading}</title><style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }}
section {{ border-top: 1px solid; padding: 1rem 0; }} section:target {{ outline: 3px solid; outline-offset: 4px; }}
.state {{ border: 1px solid; border-radius: 1rem; padding: 0 .6rem; font-size: .875rem; }}
a {{ margin-right: 1rem; }} a.door {{ font-weight: 700; }}
</style></head><body><h1>{heading}</h1>
{sections}
<script>
function show() {{
  const states = {{}};
  (window.states || "").split(";").forEach((line) => {{ const [name, state] = line.split(" "); states[name] = state; }});
  document.querySelectorAll("[data-service]").forEach((one) => {{
    one.textContent = states[one.dataset.service] || {not_running};
  }});
  const answers = {{}};
  (window.answers || "").split(";").forEach((line) => {{ const [port, code] = line.split(" "); answers[port] = code; }});
  document.querySelectorAll("[data-port]").forEach((one) => {{
    const code = answers[one.dataset.port];
    one.textContent = code && code !== "000" ? "HTTP " + code : {no_answer};
  }});
}}
function look() {{
  ["states.js", "answers.js"].forEach((name) => {{
    const script = document.createElement("script");
    script.src = name + "?" + Date.now();
    script.onload = () => {{ show(); script.remove(); }};
    script.onerror = () => script.remove();
    document.head.append(script);
  }});
}}
look(); setInterval(look, 5000);
</script></body></html>
"""
SECTION = """<section id="{key}"><h2>{who}</h2><p>{doors}</p><p>{services}</p>
<p>{before}{after}<a href="{mark_url}" target="_blank" rel="noopener">{mark}</a></p></section>"""


def page_html(shown: Sequence[Shown], doors: Sequence[Door], words: PageWords) -> str:
    """The page. Whatever comes from outside is text in it."""
    sections = [_section(place, shown, doors, words) for place in range(len(shown))]
    said = {"heading": escape(words.heading), "language": escape(words.language)}
    said |= {"not_running": _script_text(words.not_running), "no_answer": _script_text(words.no_answer)}
    return PAGE.format(sections="\n".join(sections), **said)


def _section(place: int, shown: Sequence[Shown], doors: Sequence[Door], words: PageWords) -> str:
    one = shown[place]
    own = [door for door in doors if door.key == one.work.key]
    before = shown[place - 1].work.key if place else ""
    after = shown[place + 1].work.key if place + 1 < len(shown) else ""
    return SECTION.format(
        key=escape(one.work.key),
        who=escape(one.who),
        doors=" ".join(map(_door, own)) or escape(words.no_door),
        services=" ".join(_service(one.work, service.name) for service in one.work.services),
        before=f'<a href="#{before}">{escape(words.previous)}</a>' if before else "",
        after=f'<a href="#{after}">{escape(words.next)}</a>' if after else "",
        mark_url=escape(one.mark_url),
        mark=escape(words.mark),
    )


def _door(door: Door) -> str:
    name = escape(f"{door.service}:{door.target} → {door.url}")
    link = f'<a class="door" href="{escape(door.url)}" target="_blank" rel="noopener noreferrer">{name}</a>'
    return f'{link} <span class="state" data-port="{door.port}">…</span>'


def _service(work: Work, name: str) -> str:
    service = escape(f"{work.key}-{name}")
    return f'{escape(name)} <span class="state" data-service="{service}">…</span>'


def _script_text(text: str) -> str:
    """A text inside a script: quoted, and nothing in it can end the script."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\u003c").replace("\n", " ")
    return f'"{plain}"'
