"""How the pages look: templates, theme and language, from the command line and the configuration."""

from pathlib import Path
from typing import Any

from digest.config import Config
from digest.errors import ConfigError


def look_of(
    settings: Config, config: Path | None, *, templates: Path | None, theme: str | None
) -> dict[str, Any]:
    """Return what every renderer takes: `templates`, `theme` and `language`.

    A folder that the configuration names is relative to its file. Raises `ConfigError` where the folder,
    the theme or the language does not exist.
    """
    from digest.renderers.templates import template_folders
    from digest.renderers.words import words_of

    if templates is None and settings.templates:
        templates = (config.parent if config else Path()) / settings.templates
    if templates is not None and not templates.is_dir():
        raise ConfigError(f"{templates}: no such folder of templates")
    theme = theme or settings.theme
    template_folders(theme)
    words_of(settings.language)
    return {"templates": templates, "theme": theme, "language": settings.language}
