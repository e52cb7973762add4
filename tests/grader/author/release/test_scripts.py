"""The scripts and workflows of the editions, run step by step on this machine.

What needs a network is taken by stand-ins that write down how they were called: pip, apt-get,
python. What fetches and what grades is real.
"""

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile

import pytest
import yaml

from grader import course
from grader.author.release import editions
from grader.author.release.files import Settings
from grader.author.release.folder import pack, write

from .conftest import SOLUTION, STEM

GIT = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org")


@pytest.fixture
def settings(small_course, small_package):
    """Everything in the small course; the grader itself is not needed in the wheel."""
    return Settings(course.exercises(), isolation="auto")


@pytest.fixture
def tools(tmp_path, small_course, monkeypatch):
    """A folder first on the path: stand-ins, and a `grade` that grades."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HANDROLLED_COURSE", str(small_course))
    tool(folder, "grade", f'exec "{sys.executable}" -m grader "$@"')
    return folder


def tool(folder, name, script):
    """A stand-in for a command."""
    (folder / name).write_text(f"#!/usr/bin/env bash\n{script}\n")
    (folder / name).chmod(0o755)


def noted(folder, name):
    """A stand-in that writes down its arguments, and where they are found."""
    tool(
        folder, name, f'printf "%s " "$@" >>"{folder}/{name}.calls"; echo >>"{folder}/{name}.calls"'
    )
    return folder / f"{name}.calls"


def shell(script, cwd, **variables):
    """Run a step as a CI runs it."""
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=cwd,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
    )


def repository(folder, files):
    """A student's repository, with one commit."""
    folder.mkdir(parents=True)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    return committed(folder)


def committed(folder):
    """The folder, with all that is in it in a commit."""
    subprocess.run([*GIT, "init", "-q"], cwd=folder, check=True)
    subprocess.run([*GIT, "add", "-A"], cwd=folder, check=True)
    subprocess.run([*GIT, "commit", "-qm", "work"], cwd=folder, check=True)
    return folder


def workflow(edition, path=".github/workflows/grade.yml"):
    """A workflow of an edition, as YAML reads it."""
    return yaml.safe_load(edition[path].content)


def steps(edition):
    """The steps of the one job of a GitHub workflow, by name."""
    ((_, job),) = workflow(edition)["jobs"].items()
    return {step.get("name", step.get("uses")): step for step in job["steps"]}


# --- fetch and collect ---


@pytest.fixture
def grading(settings, tmp_path):
    """The grading repository, written down."""
    write(tmp_path / "grading", editions.grading(settings))
    return tmp_path / "grading"


def test_fetched_work_is_files_and_nothing_else(grading, tmp_path):
    """No history, no hooks, and no links to what lies on this machine."""
    files = {f"exercises/{STEM}/scale.py": SOLUTION, "grader/cli.py": "", ".github/a.yml": ""}
    work = repository(tmp_path / "alice", files)
    (work / "exercises" / "link").symlink_to("/etc/hostname")
    (work / "exercises" / "all").symlink_to("/etc")
    committed(work)

    done = shell('grading/fetch "$PWD/alice" HEAD out', tmp_path)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "exercises" / STEM / "scale.py").read_text() == SOLUTION
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["exercises"]
    assert (tmp_path / "out" / "exercises" / "link").read_text() == "/etc/hostname"
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_symlink()] == []
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith("out")) == ["out"]


def test_work_without_that_folder_is_fetched_whole(grading, tmp_path):
    """Students lay out their repositories as they like."""
    repository(tmp_path / "alice", {"week 1/scale.py": SOLUTION, "notes.md": "x"})

    shell('grading/fetch "$PWD/alice" HEAD out', tmp_path)

    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["notes.md", "week 1"]
    assert not (tmp_path / "out" / ".git").exists()


def test_one_commit_can_be_asked_for(grading, tmp_path):
    """The one that CI was started for, whatever was pushed since."""
    work = repository(tmp_path / "alice", {"scale.py": "first\n"})
    asked = subprocess.run([*GIT, "rev-parse", "HEAD"], cwd=work, capture_output=True, text=True)
    (work / "scale.py").write_text("second\n")
    committed(work)
    subprocess.run([*GIT, "config", "uploadpack.allowAnySHA1InWant", "true"], cwd=work, check=True)

    done = shell(f'grading/fetch "$PWD/alice" {asked.stdout.strip()} out', tmp_path)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "scale.py").read_text() == "first\n"


def test_old_work_stays_when_nothing_can_be_fetched(grading, tmp_path):
    """A server that is down costs nobody anything."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "scale.py").write_text("from yesterday\n")

    done = shell("grading/fetch /nowhere HEAD out", tmp_path)

    assert done.returncode != 0
    assert (tmp_path / "out" / "scale.py").read_text() == "from yesterday\n"
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith("out")) == ["out"]


def test_repository_that_is_an_option_is_none(grading, tmp_path):
    """What a list says is a place, and no instruction to git."""
    done = shell(f'grading/fetch "--upload-pack=touch {tmp_path}/done" HEAD out', tmp_path)

    assert done.returncode != 0
    assert not (tmp_path / "done").exists()


def test_token_is_shown_to_one_host_only(grading, tmp_path, tools):
    """As git itself asks for it; and it is in no argument of a process."""
    real = shutil.which("git", path=os.environ["PATH"].partition(os.pathsep)[2])
    ask = 'printf "protocol=https\\nhost=%s\\n\\n" "$1" | "$REAL" "${options[@]}" credential fill'
    tool(
        tools,
        "git",
        f'REAL={real}; shift 2; options=(); while [[ $1 == -c ]]; do options+=("$1" "$2"); shift 2;'
        f' done; printf "%s " "${{options[@]}}" >>{tmp_path}/arguments\n'
        f"ask() {{ {ask}; }}\n"
        f"ask students.example.org >>{tmp_path}/ours; ask elsewhere.example.org >>{tmp_path}/others"
        " || true; exit 1",
    )

    shell(
        "grading/fetch https://students.example.org/a HEAD out",
        tmp_path,
        STUDENTS_TOKEN="the-token",
        STUDENTS_HOST="https://students.example.org",
    )

    assert "password=the-token" in (tmp_path / "ours").read_text()
    assert "the-token" not in (tmp_path / "others").read_text()
    assert "the-token" not in (tmp_path / "arguments").read_text()


def test_huge_file_is_not_fetched(grading, tmp_path):
    """The teacher's disk is not the student's to fill."""
    work = repository(tmp_path / "alice", {"scale.py": "x\n"})
    (work / "big").write_bytes(os.urandom(3 << 20))
    committed(work)
    script = (grading / "fetch").read_text()
    assert "ulimit -f 102400" in script
    (grading / "fetch").write_text(script.replace("ulimit -f 102400", "ulimit -f 1024"))

    done = shell('grading/fetch "$PWD/alice" HEAD out', tmp_path)

    assert done.returncode != 0
    assert not (tmp_path / "out").exists()


def test_everybody_is_collected_and_the_missing_are_named(grading, tmp_path):
    """As a spreadsheet saves its list; one that cannot be fetched holds nobody up."""
    for name in ("alice", "bob"):
        repository(tmp_path / name, {"scale.py": f"# {name}\n"})
    students = (
        "\ufeffstudent,repository\r\n"
        f"alice,{tmp_path}/alice\r\n"
        "\r\n"
        "# who left,x\r\n"
        f"carol,{tmp_path}/nowhere\r\n"
        f'"../mallory","{tmp_path}/alice"\r\n'
        f'"bob","{tmp_path}/bob"'
    )
    (tmp_path / "students.csv").write_text(students, "utf-8")

    done = shell("grading/collect students.csv submissions", tmp_path)

    assert done.returncode == 1
    assert sorted(path.name for path in (tmp_path / "submissions").iterdir()) == ["alice", "bob"]
    assert (tmp_path / "submissions" / "bob" / "scale.py").read_text() == "# bob\n"
    complaints = [line for line in done.stderr.splitlines() if line.startswith("collect: ")]
    assert complaints == [
        f"collect: could not fetch carol ({tmp_path}/nowhere)",
        "collect: could not fetch ../mallory (a name is letters, digits and . _ @ -)",
    ]
    assert not (tmp_path / "mallory").exists()


def test_whole_list_is_no_error(grading, tmp_path):
    """And what was pushed since the last time comes along."""
    work = repository(tmp_path / "alice", {"scale.py": "first\n"})
    (tmp_path / "students.csv").write_text(f"student,repository\nalice,{work}\n")
    assert shell("grading/collect students.csv submissions", tmp_path).returncode == 0
    (work / "scale.py").write_text("second\n")
    committed(work)

    done = shell("grading/collect students.csv submissions", tmp_path)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "submissions" / "alice" / "scale.py").read_text() == "second\n"


# --- the workflows of GitHub ---


def test_workflow_of_the_student_grades_what_was_handed_in(settings, grading, tmp_path, tools):
    """All of its steps, with the checkout of the private repository done by hand."""
    named = steps(editions.student(settings))
    calls = noted(tools, "pip")
    work = repository(tmp_path / "alice", {f"exercises/{STEM}/scale.py": SOLUTION})
    (work / "exercises" / "grader.py").write_text("raise SystemExit('the wrong grader')\n")
    (work / "grader.py").write_text("raise SystemExit('the wrong grader')\n")
    committed(work)

    installed = shell(named["Install the grader"]["run"], tmp_path, TORCH_INDEX="")
    fetched = shell(
        named["Get what was handed in"]["run"], tmp_path, REPOSITORY=str(work), COMMIT="HEAD"
    )
    graded = shell(
        named["Grade"]["run"],
        tmp_path / named["Grade"]["working-directory"],
        GITHUB_OUTPUT=str(tmp_path / "output"),
        GITHUB_STEP_SUMMARY=str(tmp_path / "summary"),
        PYTHONSAFEPATH="1",  # as for a command that pip installed
    )

    assert installed.returncode == 0, installed.stderr
    assert calls.read_text().startswith("install -c grading/constraints.txt grading/handrolled-")
    assert fetched.returncode == 0, fetched.stderr
    assert graded.returncode == 0, graded.stdout + graded.stderr
    assert "score=100\nmax_score=100\n" in (tmp_path / "output").read_text()
    assert (tmp_path / "summary").read_text() != ""


def test_workflow_of_the_student_runs_nothing_of_a_pull_request(settings):
    """It comes with the secrets of the repository, so what it runs must be the teacher's own."""
    made = workflow(editions.student(settings))
    triggers = made[True]  # YAML reads `on` as a truth value
    named = steps(editions.student(settings))

    assert "pull_request_target" in triggers
    assert "pull_request" not in triggers
    assert made["permissions"] == {"contents": "read"}
    assert made["jobs"]["grade"]["if"] == "vars.HANDROLLED_GRADING != ''"
    checkouts = [step for step in named.values() if "checkout" in step.get("uses", "")]
    assert [step["with"]["repository"] for step in checkouts] == ["${{ vars.HANDROLLED_GRADING }}"]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    # The key is given to one step, and the token to the one that fetches.
    secret = [name for name, step in named.items() if "secrets." in json.dumps(step)]
    token = [name for name, step in named.items() if "github.token" in json.dumps(step)]
    assert secret == ["Get the grader and the hidden tests"]
    assert token == ["Get what was handed in"]
    # Nothing that anybody could choose the words of is put into a script.
    assert [name for name, step in named.items() if "${{" in step.get("run", "")] == []


def test_grading_workflow_keeps_its_token_to_one_step(settings):
    """And asks GitHub for no more than to read."""
    made = workflow(editions.grading(settings))
    named = steps(editions.grading(settings))

    assert set(made[True]) == {"schedule", "workflow_dispatch"}
    assert made["permissions"] == {"contents": "read"}
    secret = [name for name, step in named.items() if "secrets." in json.dumps(step)]
    assert secret == ["Collect everyone's work"]
    assert [name for name, step in named.items() if "${{" in step.get("run", "")] == []


def test_grading_workflow_collects_and_grades(settings, grading, tmp_path, tools):
    """Its steps in order; who is missing makes the job red, after the others are graded."""
    named = steps(editions.grading(settings))
    noted(tools, "pip")
    calls = noted(tools, "grade")
    work = repository(tmp_path / "alice", {"scale.py": SOLUTION})
    (grading / "students.csv").write_text(f"student,repository\nalice,{work}\nbob,/nowhere\n")

    installed = shell(named["Install the grader"]["run"], grading, TORCH_INDEX="https://x.org/cpu")
    collected = shell(named["Collect everyone's work"]["run"], grading)
    graded = shell(named["Grade"]["run"], grading)
    said = shell(named["Say that somebody's work is missing"]["run"], grading)

    assert installed.returncode == 0, installed.stderr
    assert (
        "--extra-index-url https://x.org/cpu -c constraints.txt handrolled-"
        in (tools / "pip.calls").read_text()
    )
    assert collected.returncode == 1
    assert named["Collect everyone's work"]["continue-on-error"] is True
    assert (grading / "submissions" / "alice" / "scale.py").read_text() == SOLUTION
    assert graded.returncode == 0
    assert calls.read_text().startswith("batch submissions -o results --isolation auto")
    assert said.returncode == 1
    assert said.stdout.startswith("::error::")


# --- the pipelines of GitLab ---


def gitlab(edition):
    """The one job of a pipeline."""
    return workflow(edition, ".gitlab-ci.yml")["grade"]


def test_pipeline_of_the_student_grades_and_reports(settings, grading, tmp_path, tools):
    """The tests are taken out of the way before anything is graded."""
    job = gitlab(editions.student(settings))
    noted(tools, "pip")
    project = repository(tmp_path / "builds" / "alice", {f"exercises/{STEM}/scale.py": SOLUTION})
    committed(grading)

    done = shell("\n".join(job["script"]), project, HANDROLLED_GRADING=str(grading))

    assert done.returncode == 0, done.stdout + done.stderr
    assert "<testsuite" in (project / job["artifacts"]["reports"]["junit"]).read_text()
    assert not (tmp_path / "builds" / "grading").exists()
    assert job["rules"][0]["if"] == "$HANDROLLED_GRADING"


@pytest.mark.parametrize(("missing", "status"), [("", 0), ("bob,/nowhere\n", 1)])
def test_grading_pipeline_collects_and_grades(settings, grading, tmp_path, tools, missing, status):
    """With the token gone before anything is graded; red at the end when somebody is missing."""
    job = gitlab(editions.grading(settings))
    noted(tools, "pip")
    tool(tools, "grade", f'echo "$@ token=${{STUDENTS_TOKEN:-none}}" >"{tmp_path}/graded"')
    work = repository(tmp_path / "alice", {"scale.py": SOLUTION})
    (grading / "students.csv").write_text(f"student,repository\nalice,{work}\n{missing}")

    done = shell(
        "\n".join(job["script"]),
        grading,
        STUDENTS_TOKEN="secret",
        CI_SERVER_URL="https://gitlab.example.org",
    )

    assert done.returncode == status, done.stderr
    assert (tmp_path / "graded").read_text().endswith("token=none\n")
    assert (grading / "submissions" / "alice").is_dir()


# --- Gradescope ---


@pytest.fixture
def autograder(settings, tmp_path):
    """Gradescope's folder, with the uploaded zip file unpacked as unzip does it."""
    pack(tmp_path / "a.zip", editions.gradescope(settings))
    root = tmp_path / "autograder"
    (root / "submission").mkdir(parents=True)
    subprocess.run([sys.executable, "-m", "zipfile", "-e", tmp_path / "a.zip", root / "source"])
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        for entry in archive.infolist():
            (root / "source" / entry.filename).chmod(stat.S_IMODE(entry.external_attr >> 16))
    return root


def stand_in_for_python(tools, name):
    """A Python that makes an environment in which pip and grade write down how they are called."""
    tool(
        tools,
        name,
        'if [[ $2 == venv ]]; then mkdir -p "$3/bin"; for tool in pip grade; do\n'
        'printf "#!/bin/sh\\necho $tool \\$@ >>%s/calls\\n" "$3" >"$3/bin/$tool"; '
        'chmod +x "$3/bin/$tool"; done; fi',
    )


@pytest.mark.parametrize("versions", [["3.11"], ["3.12"], ["3.11", "3.14"]])
def test_setup_takes_the_newest_python_there_is(autograder, tools, versions):
    """And installs the wheel with pinned versions."""
    for version in ("3.11", "3.12", "3.13", "3.14"):
        tool(tools, f"python{version}", "exit 1")
    for version in versions:
        stand_in_for_python(tools, f"python{version}")
    apt = noted(tools, "apt-get")

    done = shell('"$AUTOGRADER_ROOT/source/setup.sh"', "/", AUTOGRADER_ROOT=str(autograder))

    assert done.returncode == 0, done.stderr
    installed, doctor = (autograder / "venv" / "calls").read_text().splitlines()
    source = autograder / "source"
    assert installed.startswith(f"pip install --no-cache-dir -c {source}/constraints.txt {source}/")
    assert doctor == "grade doctor"
    assert not apt.exists()
    assert not (source / "constraints.txt").stat().st_mode & 0o077


def test_setup_installs_a_python_where_there_is_none(autograder, tools):
    """Ubuntu 22.04 comes with 3.10."""
    for version in ("3.11", "3.12", "3.13", "3.14"):
        tool(tools, f"python{version}", "exit 1")
    tool(tools, "apt-get", f'echo "$@" >>"{tools}/apt"; cp "{tools}/later" "{tools}/python3.11"')
    stand_in_for_python(tools, "later")

    done = shell('"$AUTOGRADER_ROOT/source/setup.sh"', "/", AUTOGRADER_ROOT=str(autograder))

    assert done.returncode == 0, done.stderr
    assert (tools / "apt").read_text() == (
        "update\ninstall --yes --no-install-recommends python3.11 python3.11-venv\n"
    )


def test_setup_that_fails_fails_the_build(autograder, tools):
    """Before anybody hands in: here pip cannot install, and what comes after it would work."""
    made = '"$3/bin/pip"; chmod +x "$3/bin/pip" "$3/bin/grade"'
    tool(
        tools,
        "python3.14",
        'if [[ $2 == venv ]]; then mkdir -p "$3/bin"; printf "#!/bin/sh\n" >"$3/bin/grade"\n'
        f'printf "#!/bin/sh\nexit 1\n" >{made}; fi',
    )

    done = shell('"$AUTOGRADER_ROOT/source/setup.sh"', "/", AUTOGRADER_ROOT=str(autograder))

    assert (autograder / "venv" / "bin" / "pip").exists()
    assert done.returncode != 0


def results(autograder):
    """Grade, and read what Gradescope would read."""
    shell('"$AUTOGRADER_ROOT/source/run_autograder"', "/", AUTOGRADER_ROOT=str(autograder))
    return json.loads((autograder / "results" / "results.json").read_text())


def link_python(autograder):
    """An environment in which the grader is installed: this one."""
    (autograder / "venv" / "bin").mkdir(parents=True)
    tool(autograder / "venv" / "bin", "python", f'exec "{sys.executable}" "$@"')


def test_submission_is_graded(autograder, tools):
    """The script as it is, on the grader as it is."""
    link_python(autograder)
    (autograder / "submission" / "scale.py").write_text(SOLUTION)

    written = results(autograder)

    assert written["score"] == 100
    assert written["tests"][0]["status"] == "passed"


@pytest.mark.parametrize("python", ["missing", "broken", "killed"])
def test_results_are_there_even_without_a_grader(autograder, python):
    """And they are not those of another time."""
    (autograder / "results").mkdir()
    (autograder / "results" / "results.json").write_text('{"score": 100}')
    if python != "missing":
        link_python(autograder)
        script = "exit 1" if python == "broken" else "kill -9 $$"
        tool(autograder / "venv" / "bin", "python", script)

    written = results(autograder)

    assert written["score"] == 0
    assert "This says nothing about your code" in written["output"]


def test_time_is_up_before_gradescopes_is(settings):
    """Gradescope gives 600 seconds, shows nothing afterwards, and has 768 megabytes."""
    script = editions.gradescope(settings)["run_autograder"].content.decode()
    words = script.replace("\\\n", " ").split()

    inner, outer = (float(words[words.index(w) + n]) for w, n in (("--seconds", 1), ("timeout", 2)))
    assert inner + 30 <= outer <= 590
    assert int(words[words.index("--memory") + 1]) == 256


# --- Classroom 50 ---


@pytest.fixture
def checkout(tmp_path, tools, monkeypatch):
    """A student's checkout with the right answer, and much that should not be taken for ours."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "scale.py").write_text(SOLUTION)
    for name in ("pip", "grader", "subprocess", "sitecustomize"):
        (folder / f"{name}.py").write_text("raise SystemExit('the wrong one')\n")
    (folder / "result.json").write_text('{"score": 1000}')
    monkeypatch.delenv("HANDROLLED_COURSE")  # the wheel has its own
    monkeypatch.setenv("PIP_NO_DEPS", "1")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return folder


def autograde(script, checkout):
    """Start the script as the runner does.

    The environment that it makes has what ours has, so that nothing need be downloaded.
    """
    shared = "\n".join(path for path in sys.path if path)
    start = (
        f"import runpy, venv, pathlib; made = venv.create\n"
        f"def create(place, with_pip):\n"
        f"    made(place, symlinks=True)\n"
        f"    (folder,) = pathlib.Path(place).glob('lib/*/site-packages')\n"
        f"    (folder / 'shared.pth').write_text({shared!r})\n"
        f"venv.create = create\n"
        f"runpy.run_path({str(script)!r}, run_name='__main__')\n"
    )
    return subprocess.run(
        [sys.executable, "-P", "-c", start],
        cwd=checkout,
        env={**os.environ, "CLASSROOM": "c", "ASSIGNMENT": "exercise1", "OWNER": "alice"},
        capture_output=True,
        text=True,
    )


def test_autograder_of_classroom_50_leaves_its_result(checkout, tmp_path):
    """In the student's checkout, where nothing of the student's is imported."""
    settings = Settings(course.exercises(), isolation="auto")
    write(tmp_path / "autograders", editions.classroom50(settings))

    done = autograde(tmp_path / "autograders" / "exercise1" / "autograder.py", checkout)

    assert done.returncode == 0, done.stderr
    written = json.loads((checkout / "result.json").read_text())
    assert (written["schema"], written["owner"]) == ("classroom50/result/v1", "alice")
    assert (written["score"], written["max-score"]) == (100, 100)


def test_autograder_that_cannot_be_installed_leaves_no_result(settings, checkout, tmp_path):
    """Least of all one that the student wrote."""
    write(tmp_path / "autograders", editions.classroom50(settings))
    for wheel in (tmp_path / "autograders").rglob("*.whl"):
        wheel.write_text("no wheel")

    done = autograde(tmp_path / "autograders" / "exercise1" / "autograder.py", checkout)

    assert done.returncode != 0
    assert not (checkout / "result.json").exists()


def test_every_script_can_be_parsed(settings):
    """By the shell that is to run it."""
    for edition in (editions.gradescope(settings), editions.grading(settings)):
        for path, file in edition.items():
            if file.executable:
                done = subprocess.run(["bash", "-n"], input=file.content, capture_output=True)
                assert done.returncode == 0, (path, done.stderr)
