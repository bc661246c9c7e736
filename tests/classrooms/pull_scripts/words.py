"""Every sentence of a script by its own name, so that a test sees which one was said."""

from classrooms.pull_scripts.script_values import ScriptWords

WORDS = ScriptWords(**{name: f"<{name}>" for name in ScriptWords.__dataclass_fields__})
