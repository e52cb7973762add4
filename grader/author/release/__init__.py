"""Editions of the course for others: the student's, and what grades on each platform.

An edition is made in memory (`files.Files`), and written by `folder.write` or `folder.pack`.
"""
