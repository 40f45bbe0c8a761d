"""Which way the network learns: the gradient of how improbable the right labels are, written out.

Found by TensorFlow from the loss, it takes a third more time: each of its steps goes through numbers that
these formulas never need.
"""

from __future__ import annotations

from typing import Any

# So short a row has no direction.
_SHORTEST = 1e-6
_TINY = 1e-30


def gradients(tf: Any, placed: Any, prototypes: Any, owned: Any, scale: float) -> tuple[Any, Any]:
    """Gradients of the mean cross-entropy by sentences (rows, width) and prototypes (any, width).

    `owned`, shape (rows, prototypes), is 1 where a prototype is one of the sentence's label, else 0.
    The chance of a label is its part in the sum of exp(`scale` * cosine) over all prototypes.
    """
    points, lengths = _to_length_one(tf, placed)
    around, sizes = _to_length_one(tf, prototypes)
    near = tf.exp(scale * tf.matmul(points, around, transpose_b=True) - scale)
    own = near * owned
    of_all = 1 / tf.reduce_sum(near, 1, keepdims=True)
    of_own = 1 / (tf.reduce_sum(own, 1, keepdims=True) + _TINY)
    by_cosine = (near * of_all - own * of_own) * (scale / tf.cast(tf.shape(placed)[0], tf.float32))
    return (
        _by_any_length(tf, by_cosine @ around, points, lengths),
        _by_any_length(tf, tf.matmul(by_cosine, points, transpose_a=True), around, sizes),
    )


def _to_length_one(tf: Any, rows: Any) -> tuple[Any, Any]:
    """Rows of length one, and the lengths they had."""
    lengths = tf.maximum(tf.norm(rows, axis=1, keepdims=True), _SHORTEST)
    return rows / lengths, lengths


def _by_any_length(tf: Any, gradient: Any, points: Any, lengths: Any) -> Any:
    """The gradient by rows as they are, of one by the rows brought to length one."""
    return (gradient - points * tf.reduce_sum(gradient * points, 1, keepdims=True)) / lengths
