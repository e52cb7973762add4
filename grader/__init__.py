"""Handrolled: learn PyTorch by writing its layers yourself, graded by experiment."""

__version__ = "0.1.0"
