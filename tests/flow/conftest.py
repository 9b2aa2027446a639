# SPDX-License-Identifier: Apache-2.0
"""Fixtures: a registry that is running, and one that is made to order."""

import pytest

import registry as registries


@pytest.fixture
def make_registry():
    """Registries with their own configuration; checked and removed after."""
    made = []

    def make(**options):
        made.append(registries.Registry(**options))
        return made[-1]

    yield make
    for registry in made:
        registry.close()


@pytest.fixture
def registry(make_registry):
    return make_registry().start()
