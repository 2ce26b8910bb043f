"""Who may see and change the registers of places and organisations.

They hold no personal field, so everyone with any role may read them (ADR 0003).
"""

import rules

from accounts.permissions import has_a_role, is_staff_somewhere

rules.add_perm("places.view_register", has_a_role)
rules.add_perm("places.change_register", is_staff_somewhere)
