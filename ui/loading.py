"""What is loaded in the background after the first paint."""

from importlib import import_module


def warm_up() -> None:
    """Load now, in the background, what would hold up the window when a post is opened."""
    import_module("ui.pages.compose.page")
    import_module("ui.pages.trim.dialog")
    import_module("wajo_studio.artwork.inspect")
    from wajo_studio.artwork.brand import load_agencies
    from wajo_studio.compliance.rules import load_rules
    from wajo_studio.i18n import format_number

    load_agencies()
    load_rules()
    format_number(1)
