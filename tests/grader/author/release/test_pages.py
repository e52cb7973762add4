"""The pages for teachers: every command on them could be typed as it stands."""

import re
import shlex
from pathlib import Path

import click
import pytest

from grader.cli import main

DOCS = Path(__file__).resolve().parents[4] / "docs"
PAGES = ("github-actions.md", "gitlab.md", "gradescope.md", "classroom50.md", "cron.md")
# In a line of a shell, after whatever stands in front of it; or between backquotes in a sentence.
IN_BLOCK = re.compile(r"(?:^|&& |\|\| |/bin/)(grade(?: [^&|#\n]*)?)$", re.MULTILINE)
IN_SENTENCE = re.compile(r"`(grade [^`]*)`")
COMMANDS = main.commands


def commands_of(page):
    """The `grade` commands of a page."""
    text = (DOCS / page).read_text("utf-8")
    blocks = re.findall(r"^ *```.*?\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    sentences = re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)
    lines = [
        match
        for block in blocks
        for match in IN_BLOCK.findall(re.sub("^ +", "", block, flags=re.M))
    ]
    return [*lines, *(" ".join(found.split()) for found in IN_SENTENCE.findall(sentences))]


ALL = [(page, command) for page in PAGES for command in commands_of(page)]


@pytest.mark.parametrize(("page", "command"), ALL)
def test_command_of_a_page_is_one_that_there_is(page, command):
    """Its name, its options and their values are parsed, and nothing is run."""
    _, *words = shlex.split(command)
    name = words[0] if words[0] in COMMANDS else "run"
    rest = words if name == "run" else words[1:]

    with COMMANDS[name].make_context(name, rest):
        assert name != "run" or re.match(r"(exercise\d+|\d+|all|-)", words[0])


@pytest.mark.parametrize("page", PAGES)
def test_each_page_has_commands_and_says_what_is_protected(page):
    """And what students see: a teacher asks for both."""
    text = (DOCS / page).read_text("utf-8")

    assert len(commands_of(page)) >= 2
    assert re.search("What is protected", text)
    assert re.search("[Ww]hat students see", text)


def test_options_in_sentences_are_options_of_a_command():
    """`--feedback hints` without its command is looked for in all of them."""
    known = {
        name
        for command in COMMANDS.values()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in parameter.opts
    }
    mentioned = {
        option
        for page in PAGES
        for option in re.findall(r"`(--[a-z0-9-]+)", (DOCS / page).read_text("utf-8"))
    }

    assert mentioned
    assert mentioned - known == set()


def test_links_between_pages_lead_somewhere():
    """A page that was renamed takes its links along."""
    for page in PAGES:
        for target in re.findall(r"\]\(([\w./-]+\.md)\)", (DOCS / page).read_text("utf-8")):
            assert (DOCS / target).is_file(), (page, target)
