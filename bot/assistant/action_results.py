"""A quicker check of what the action server sends back.

Rasa validates the schema itself against its meta-schema at every single action, which is most of the time a
message takes (35 of 50 ms). Here the same schema is checked once and the same validation is done each time.
"""

from __future__ import annotations

from typing import Any

from jsonschema import ValidationError
from jsonschema.validators import validator_for


def check_quickly() -> None:
    """Let Rasa's remote actions use the check of this module from now on."""
    # Not at the head of the file: the module loads TensorFlow, which a test of the door can do without.
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def validate(action: Any, result: Any) -> bool:
        """True for a result in the agreed form; any other raises ValidationError."""
        error = next(validator.iter_errors(result), None)
        if error is not None:
            raise ValidationError(f"{action.name()}: not what an action server answers: {error.message}")
        return True

    RemoteAction._validate_action_result = validate  # noqa: SLF001
