"""Gradescope, *Export Submissions*: `submission_123/` folders and `submission_metadata.yml`.

The YAML is written by Ruby, so its keys begin with a colon: `:submitters` lists a `:name`, `:sid`
and `:email` for each member of the group that handed in, `:created_at` tells when.
"""

from collections.abc import Sequence

import yaml

from grader.batch.layouts.delivery import Delivery, Reading, strays
from grader.batch.model import Student
from grader.batch.names import shown
from grader.batch.tree import Folder, Unusable, read_bytes
from grader.errors import UsageError
from grader.model import Exercise

METADATA = "submission_metadata.yml"
MAX_BYTES = 256 << 20
MAX_DEPTH = 100
# Five times as fast where the C library is there; the file holds all results of everybody.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(root: Folder, exercises: Sequence[Exercise]) -> Reading | None:
    """What was handed in. Raises `UsageError` when the metadata cannot be read."""
    file = root.files.get(METADATA)
    if file is None or file.path is None:
        return None
    try:
        submissions = _submissions(read_bytes(file.path, MAX_BYTES))
    except Unusable as error:
        raise UsageError(f"{file.origin} {error}. Export the submissions again.") from error
    deliveries = [
        Delivery(students, root.folders.get(name, Folder()), attempt=time)
        for name, (students, time) in submissions.items()
    ]
    named = {*submissions, METADATA}
    others = [name for name in (*root.files, *root.folders) if name not in named]
    return Reading(tuple(deliveries), tuple(strays(root, others, f"is not named in {METADATA}")))


def _submissions(data: bytes) -> dict[str, tuple[tuple[Student, ...], str]]:
    """Students and time of each folder that the metadata names. Raises `Unusable`.

    Nodes are read as they are written: no student number turns into an octal number, and the
    tags of Ruby's classes mean nothing.
    """
    try:
        _check_depth(data)
        table = _fields(yaml.compose(data, _Loader))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = str(error).partition("\n")[0]
        raise Unusable(f"is not the YAML of an export: {shown(problem)}") from error
    found = {}
    for name, record in table.items():
        fields = _fields(record)
        people = getattr(fields.get(":submitters"), "value", None)
        students = map(_student, people if isinstance(people, list) else [])
        # Times are in UTC and sort as text.
        found[name] = (tuple(s for s in students if s.key), _text(fields.get(":created_at")))
    found = {name: record for name, record in found.items() if record[0]}
    if not found:
        raise Unusable("names no :submitters")
    return found


def _check_depth(data: bytes) -> None:
    """The C library overflows its stack on what is nested too deeply, and takes us with it."""
    depth = 0
    for event in yaml.parse(data, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise Unusable("is nested too deeply")


def _fields(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """The values of a mapping by their keys; nothing for what is no mapping."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def _student(person: yaml.Node) -> Student:
    fields = _fields(person)
    name, sid, email = (_text(fields.get(key)) for key in (":name", ":sid", ":email"))
    ids = {key: value for key, value in (("sid", sid), ("email", email)) if value}
    return Student(sid or email or name, name, ids)


def _text(node: yaml.Node | None) -> str:
    is_text = isinstance(node, yaml.ScalarNode) and not node.tag.endswith(":null")
    return str(node.value) if node is not None and is_text else ""
