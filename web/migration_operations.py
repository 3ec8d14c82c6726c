"""A room's first migration in one step: its models and their triggers with one rendering of the state."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class Together(Operation):
    """Makes new models and their triggers as they stand when all of the operations have been applied.

    Django renders every model of the project again for each operation, which took most of the time of
    `migrate` on an empty database. New tables need that once: a table is made from its finished model, so
    fields, indexes and constraints added to it further down come with it. Anything about a table that was
    there before does not belong here, and is refused.
    """

    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # With models rendered, every operation would render those it touches again; without, they are
        # rendered when they are next asked for.
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Raises TypeError for an operation on a model that is not made here."""
        new: set[str] = set()
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                new.add(operation.name_lower)
                operation.database_forwards(app_label, schema_editor, from_state, to_state)
            elif not isinstance(operation, AddTrigger | AddField | AddIndex | AddConstraint):
                raise TypeError(f"{type(operation).__name__} cannot be applied together with others.")
            elif operation.model_name.lower() not in new:
                raise TypeError(f"{operation.model_name} is not made here.")
            elif isinstance(operation, AddTrigger):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Make {sum(isinstance(one, CreateModel) for one in self.operations)} models"
