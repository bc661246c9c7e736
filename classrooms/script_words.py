"""What the pull scripts say, in the language that is active."""

from django.utils.translation import gettext as _

from classrooms.pull_scripts.script_values import ScriptWords


def script_words(heading: str) -> ScriptWords:
    """Every sentence of a script. `heading` names the class in its first line."""
    return ScriptWords(
        heading=heading,
        already=_("There already."),
        done=_("Pulled and checked."),
        failed=_("This one was not pulled. Docker said:"),
        again=_("No answer. Trying again."),
        no_docker=_("Docker is not installed on this computer, or not to be found. Tell your teacher."),
        all_done=_("Everything is there."),
        some_failed=_("Something is missing. Mend what is said above and run the same command again."),
        limit=_(
            "Docker Hub lets this network pull no more for now: the whole class shares one limit. Sign in with"
            " “docker login”, or wait and tell your teacher."
        ),
        login=_("The image is private: sign in first with “docker login”, with your own Docker ID."),
        missing=_("This image or version is not in the registry. Tell your teacher."),
        platform=_("The image is not made for the processor of this computer. Tell your teacher."),
        disk=_("The disk is full. “docker system prune” removes what no container uses."),
        dns=_("The computer does not find the registry’s address. Does any web page open?"),
        clock=_("The clock of this computer is wrong, or a certificate is old. Set date and time."),
        no_answer=_("The registry did not answer. Run the same command again: what is there is kept."),
        daemon=_("Docker is not running. Start Docker Desktop, or on Linux the service docker."),
        unknown=_("This is a new one. Copy what Docker said and show it to your teacher."),
    )
