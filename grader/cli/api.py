"""`club api`: the data sets as a service on this machine."""

from __future__ import annotations

import click


@click.command()
@click.option("--port", type=click.IntRange(1024, 65535), help="Port to use (usually the first free one from 8001).")
@click.option("--base", default="/", metavar="PATH", help="Path in front of every address, behind a proxy.")
def api(port: int | None, base: str) -> None:
    """Serve every data set on this machine, read-only, for `ask()`, a browser or any program.

    \b
    Example: club api
    """
    from grader.data.service import serve

    raise SystemExit(serve(port, base, click.echo))
