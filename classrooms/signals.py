"""What others may want to know. Each is sent inside the transaction that changes the rows.

`school` is always the school it happened in; `class_group` may be None where it concerns the whole school.
"""

from django.dispatch import Signal

roster_changed = Signal()  # people of a school or class: enrolled, left, moved, linked, made members
images_changed = Signal()  # images wanted, assigned or withdrawn
staff_changed = Signal()  # teachers of a school or of a class
