"""The cast that all tests share."""

from tests.cast import ana, bruno, carla, class_group, other_school, school

__all__ = ["ana", "bruno", "carla", "class_group", "other_school", "school"]
