"""A template as one file: handing it on, and taking over what somebody else made.

A template from elsewhere can do little: layouts run in a sandbox that counts, files are served
from memory, nothing is loaded from outside. Here it is tried once before it is kept, so that a
broken or hostile one is refused with a sentence instead of failing later in a post.
"""

from pathlib import Path, PurePosixPath

from wajo_studio import atomic, paths
from wajo_studio.artwork.manifest import FILE, read_manifest
from wajo_studio.artwork.template import SHARED, Template, find_template, load_template
from wajo_studio.errors import InputError, TemplateError
from wajo_studio.i18n import N_
from wajo_studio.progress import JobContext
from wajo_studio.services.studio import Studio
from wajo_studio.services.template_check import template_folder
from wajo_studio.services.template_paintings import paintings
from wajo_studio.store.package import place_folder, read_package, write_package

SUFFIX = ".wajotemplate"
MAX_BYTES = 32_000_000
_KINDS = frozenset(
    (".toml", ".j2", ".css", ".png", ".jpg", ".jpeg", ".webp", ".svg", ".ttf", ".otf", ".md")
)

EXISTS = N_("There is a template {template} already; remove it first or replace it (--force).")
RESERVED = N_("{file} is refused: {name} cannot be the id of a template. Choose another id.")


def export_template(named: str, target: Path, *, overwrite: bool = False) -> None:
    """Write a template as one ``.wajotemplate`` file.

    Args:
        named: id or folder of the template.
        target: the file to make.
        overwrite: whether a file that is there may be replaced.

    Raises:
        InputError: no such template, or ``target`` cannot be used.
        DiskError: it cannot be written.
    """
    template = load_template(template_folder(named))
    own = {n: c for n, c in template.files.items() if not n.startswith(f"{SHARED}/")}
    write_package(own, target, SUFFIX, overwrite=overwrite)


def import_template(
    studio: Studio, archive: Path, ctx: JobContext, *, overwrite: bool = False
) -> Template:
    """Take over a ``.wajotemplate`` file among the office's own templates.

    Args:
        studio: the program's parts.
        archive: the file; it is only read.
        ctx: progress and cancel.
        overwrite: whether a template of the same id may be replaced.

    Raises:
        InputError: the file is damaged or hostile, the template is broken, or there is one of
            its id; nothing changed.
        DiskError: it cannot be written.
    """
    files = read_package(archive, SUFFIX, FILE, MAX_BYTES)
    kept = {n: c for n, c in files.items() if PurePosixPath(n).suffix.lower() in _KINDS}
    template_id = read_manifest(kept[FILE], archive.stem).id
    if template_id == SHARED:
        raise InputError(RESERVED, file=archive.name, name=template_id)
    if not overwrite and _is_known(template_id):
        raise InputError(EXISTS, template=template_id)
    with atomic.scratch_folder("wajo-template-") as folder:
        place_folder(kept, folder / template_id)
        _try(studio, load_template(folder / template_id), ctx)
    target = paths.user_templates_dir() / template_id
    place_folder(kept, target)
    ctx.report(1.0)
    return load_template(target)


def _is_known(template_id: str) -> bool:
    try:
        find_template(template_id)
    except TemplateError as error:
        return error.code != "template.unknown"
    return True


def _try(studio: Studio, template: Template, ctx: JobContext) -> None:
    """Draw every picture and write every draft once.

    Raises:
        TemplateError: something in it does not work or asks for what it may not have.
    """
    from wajo_studio.artwork.drafts import draft
    from wajo_studio.artwork.paint import paint
    from wajo_studio.services.template_samples import sample_content

    todo = list(paintings(studio, template, ("short", "sample")))
    for number, painting in enumerate(todo):
        ctx.check()
        ctx.report(number / (len(todo) + 1), painting.request.format)
        paint(painting.request)
    context = sample_content(template, "sample").draft_context(studio.brand)
    for key in template.draft_keys:
        ctx.check()
        draft(template, (key,), context)
