"""What a student asks besides a grade: where am I, what is it about, how do I go on?"""

import click

from grader.model import FULL_SCORE


def show_overview() -> None:
    """The course at a glance."""
    from grader import course
    from grader.report import overview
    from grader.study.progress import Progress, workspace

    progress = Progress(workspace())
    records = [(exercise, progress.of(exercise.stem)) for exercise in course.exercises()]
    click.echo(overview.render(records), nl=False)


@click.command()
@click.argument("exercise")
@click.argument("task", required=False)
def hint(exercise: str, task: str | None) -> None:
    """The next hint of a task; each call goes one step further."""
    from grader import course
    from grader.study.hints import next_hint
    from grader.study.progress import Progress, workspace

    chosen = course.find_one(exercise)
    course.check_tasks([chosen], [task] if task else [])
    click.echo(next_hint(chosen, task, Progress(workspace())))


@click.command()
@click.argument("exercise")
@click.option("--solution", is_flag=True, help="The worked solution; asks first.")
def show(exercise: str, solution: bool) -> None:
    """The lesson of an exercise."""
    from grader import course
    from grader.study.progress import Progress, workspace

    chosen = course.find_one(exercise)
    if not solution:
        click.echo_via_pager(course.text_of(chosen.lesson))
        return
    best = Progress(workspace()).of(chosen.stem).best or 0
    if best < FULL_SCORE:
        question = f"Your best score is {best}. Look at the solution all the same?"
        click.confirm(question, abort=True, err=True)
    click.echo_via_pager(course.text_of(chosen.solution))
