"""The `club` command: which commands there are, and how a problem is told."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

from grader.errors import GraderError

# name -> (where it is, what it does); a command is imported when it is used, so that start-up stays quick
COMMANDS: dict[str, dict[str, tuple[str, str]]] = {
    "Learn": {
        "open": ("grader.cli.open:open_lesson", "Open a lesson in your browser."),
    },
    "Run a club": {
        "new": ("grader.cli.course:new", "Start a course for a term."),
        "add": ("grader.cli.course:add", "Add people to the course."),
        "status": ("grader.cli.course_term:status", "Show the course at a glance."),
        "release": ("grader.cli.course:release", "Make a lesson ready to give out."),
        "after": ("grader.cli.course_collect:after", "Collect, mark, write feedback and report in one go."),
        "collect": ("grader.cli.course_collect:collect", "Take in what people sent back."),
        "mark": ("grader.cli.mark:mark", "Mark what was collected."),
        "feedback": ("grader.cli.mark:feedback", "Write a feedback page for each person."),
        "report": ("grader.cli.report:report", "Show how the group did, without names."),
        "panel": ("grader.cli.panel:panel", "Do the same by buttons."),
        "formgrader": ("grader.cli.formgrader:formgrader", "Mark written answers by hand."),
        "export": ("grader.cli.report:export", "Save the marks as a table."),
        "print": ("grader.cli.print:print_", "Make paper copies and texts to send."),
        "forget": ("grader.cli.course_term:forget", "Remove every trace of one learner."),
        "archive": ("grader.cli.course_term:archive", "Close a course and keep only counts."),
        "demo": ("grader.cli.demo:demo", "See a pretend club run for a week."),
    },
    "Write lessons": {
        "lesson": ("grader.cli.lesson:lesson", "Start or check a lesson folder."),
        "data": ("grader.cli.data:data", "List, show and check the data."),
        "api": ("grader.cli.api:api", "Run the data API on this machine."),
        "site": ("grader.cli.site:site", "Build the web pages."),
    },
    "Look after this copy": {
        "doctor": ("grader.cli.doctor:doctor", "Say whether this machine is ready."),
        "test": ("grader.cli.tests:test", "Run the tests."),
        "lock": ("grader.cli.lock:lock", "Lock the packages again after a change."),
        "bench": ("grader.cli.bench:bench", "Run the benchmarks."),
    },
}


def commands() -> dict[str, dict[str, tuple[str, str]]]:
    """List the commands whose module is there, by section."""
    there = {
        section: {name: entry for name, entry in entries.items() if find_spec(entry[0].partition(":")[0])}
        for section, entries in COMMANDS.items()
    }
    return {section: entries for section, entries in there.items() if entries}


class Club(click.Group):
    """A group that imports a command when it is used, and tells a person's slip in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for entries in commands().values() for name in entries]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for entries in commands().values():
            if cmd_name in entries:
                module, _, attribute = entries[cmd_name][0].partition(":")
                command: click.Command | None = getattr(import_module(module), attribute, None)
                return command
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, entries in commands().items():
            with formatter.section(section):
                formatter.write_dl([(name, text) for name, (_, text) in entries.items()])

    def main(self, *args: Any, **options: Any) -> Any:
        alone, options["standalone_mode"] = options.get("standalone_mode", True), False
        if not alone:
            return super().main(*args, **options)
        try:
            code = super().main(*args, **options)
        except click.ClickException as problem:
            code = told(problem)
        except click.Abort as problem:  # a question that was not answered with yes has no cause
            went_on = problem.__cause__ is not None
            code = tell(f"stopped. {'Type the same command again to go on' if went_on else 'Nothing was changed'}.", 1)
        except GraderError as problem:
            code = tell(str(problem), 1)
        sys.exit(code if isinstance(code, int) else 0)


def tell(text: str, code: int) -> int:
    """Say one line on standard error and give the exit code back."""
    click.echo(f"club: {text}", err=True)
    return code


def told(problem: click.ClickException) -> int:
    """Tell what was off in the command line, and where its help is."""
    context = getattr(problem, "ctx", None)
    if isinstance(problem, NoArgsIsHelpError):
        click.echo(problem.format_message(), err=True)
        return problem.exit_code
    hint = f" Type: {context.command_path} --help" if context else ""
    line = " ".join(problem.format_message().split())
    return tell(f"{line.removesuffix('.')}.{hint}", problem.exit_code)


@click.group(cls=Club, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="foothills", prog_name="club")
def club() -> None:
    """Foothills: lunchtime coding clubs for people who work with government data.

    \b
    Example: club open       opens lesson 0, "Start here"
             club open 1     opens lesson 1
    """


def main() -> None:
    """Run the command that was typed."""
    # jsonschema, which nbformat imports, would compile a grammar of web addresses that no command uses: 1 second.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    club.main(prog_name="club")
