"""The gradient that is written out is the one that TensorFlow finds from the loss."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf  # type: ignore[import-untyped]

from bot.assistant.nlu.gradient import gradients

SCALE = 24.0


def _random(rows: int, width: int = 8) -> tf.Variable:
    chance = np.random.default_rng(rows)
    return tf.Variable(chance.normal(0.0, 1.0, (rows, width)).astype(np.float32))


def test_it_is_that_of_the_mean_cross_entropy() -> None:
    sentences, prototypes = _random(6), _random(5)
    # Two labels: of two and of three prototypes.
    owned = tf.constant([[1, 1, 0, 0, 0], [0, 0, 1, 1, 1]] * 3, dtype=tf.float32)
    with tf.GradientTape() as tape:
        cosines = tf.matmul(
            tf.nn.l2_normalize(sentences, 1), tf.nn.l2_normalize(prototypes, 1), transpose_b=True
        )
        near = tf.exp(SCALE * (cosines - 1))
        chances = tf.reduce_sum(near * owned, 1) / tf.reduce_sum(near, 1)
        loss = -tf.reduce_mean(tf.math.log(chances))
    expected = tape.gradient(loss, [sentences, prototypes])
    found = gradients(tf, sentences, prototypes, owned, SCALE)
    for one, other in zip(found, expected, strict=True):
        assert one.numpy() == pytest.approx(other.numpy(), rel=1e-3, abs=1e-5)


def test_a_sentence_without_anything_known_is_no_error() -> None:
    moved, drawn = gradients(tf, tf.zeros((1, 8)), _random(3), tf.constant([[1.0, 0.0, 0.0]]), SCALE)
    assert np.isfinite(moved.numpy()).all()
    assert np.isfinite(drawn.numpy()).all()
