"""What a page needs, in a known number of queries, as a dataclass."""

from classrooms.queries.home import Home, SchoolOfMine, home_for
from classrooms.queries.roles import role_in

__all__ = ["Home", "SchoolOfMine", "home_for", "role_in"]
