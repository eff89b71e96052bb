"""Tests of the platform on one machine; a package, whose real platform ends with its tests."""
