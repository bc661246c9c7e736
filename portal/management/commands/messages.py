"""Brings the catalogues of translations up to date with the code, or says what they lack."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal import translations
from portal.translation_check import list_troubles


class Command(BaseCommand):
    help = "Collects every string of code and templates into locale/, keeping the translations, and compiles them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; list what is not translated, exit 1"
        )
        parser.add_argument("--compile", action="store_true", help="only compile what was changed")

    def handle(self, *, check: bool, compile: bool, **options: Any) -> None:  # noqa: A002
        if compile:
            translations.compile_stale()
            return
        found = translations.collect(settings.BASE_DIR)
        for language in sorted(code for code, _ in settings.LANGUAGES if code != "en"):
            path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
            if not check:
                before = path.read_text(encoding="utf-8") if path.exists() else ""
                translations.write_catalogue(path, translations.merge(language, before, found))
                translations.compile_stale([path])
            self._report(path, list_troubles(path, found), check=check)

    def _report(self, path: Path, troubles: list[str], *, check: bool) -> None:
        name = path.relative_to(settings.BASE_DIR)
        for trouble in troubles if check else []:
            self.stdout.write(f"{name}: {trouble}")
        self.stdout.write(f"{name}: {len(troubles)} to do")
        if check and troubles:
            sys.exit(1)
