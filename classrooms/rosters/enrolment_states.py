"""What the words in "Estado Matrícula" mean. What is not in the table is asked, never guessed.

Left out on purpose, because they say how a year ended and not whether somebody is in the class now: "Obtiene
Título…", "Promociona", "Repite", "Pendiente de confirmación". A school answers once and hands its answers
over as `answers`.
"""

from collections.abc import Mapping

from classrooms.rosters.headings import folded
from classrooms.rosters.rows import EnrolmentState

_ACTIVE = ("", "Matriculado", "Matriculada", "Matriculado/a", "Matriculada/o")
_LEFT = (
    *("Anulado", "Anulada", "Anulado/a", "Anulada/o", "Matrícula anulada", "Anulación de matrícula"),
    *("Trasladado", "Trasladada", "Trasladado/a", "Trasladada/o", "Traslado", "Matrícula trasladada"),
    *("Baja", "Baja de oficio", "Baja voluntaria"),
)

STATES: dict[str, EnrolmentState] = {
    **dict.fromkeys(_ACTIVE, EnrolmentState.ACTIVE),
    **dict.fromkeys(_LEFT, EnrolmentState.LEFT),
}
_BY_FOLDED_WORD = {folded(word): state for word, state in STATES.items()}


def read_state(text: str, answers: Mapping[str, EnrolmentState]) -> EnrolmentState:
    """What a word means; `answers` (word as written → state) go before the table."""
    word = folded(text)
    for known, state in answers.items():
        if folded(known) == word:
            return state
    return _BY_FOLDED_WORD.get(word, EnrolmentState.UNCLEAR)
