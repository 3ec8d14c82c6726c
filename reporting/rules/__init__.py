"""Who may do what in reporting and when: a module for each kind of object."""
