"""The error tree. Anything raised that is not a :class:`WajoError` is a bug.

``message`` and ``hint`` are English message ids, translated when the error is shown.
Each message says what happened and what to do, in one sentence where possible.
"""

from wajo_studio.i18n import N_, _


class WajoError(Exception):
    """An error a person can understand and act on.

    Args:
        message: English message id with named placeholders (``{file}``), marked ``N_()``.
        detail: technical English for the log and the folded "Rincian".
        hint: message id of what to do now, when the message does not say it.
        code: stable, searchable name; the class default unless given.
        params: values of the placeholders in ``message`` and ``hint``.
    """

    code = "error"
    retryable = False

    def __init__(
        self,
        message: str,
        *,
        detail: str = "",
        hint: str | None = None,
        code: str | None = None,
        **params: object,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail
        self.hint = hint
        self.params = params
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        text = _(self.message).format(**self.params)
        return f"{text} {_(self.hint).format(**self.params)}" if self.hint else text


class InputError(WajoError):
    """What the person gave cannot be used: a key, a file, an argument (exit status 2)."""

    code = "input"


class ArchiveError(InputError):
    """A ``.wajo`` file that is damaged or hostile."""

    code = "input.archive"


class TemplateError(InputError):
    """A template that cannot be used; names file and line where it can."""

    code = "template"


class MediaError(InputError):
    """A photo, clip, sound or subtitle file that cannot be used."""

    code = "media"


class RenderError(WajoError):
    """A rendition could not be made although its input was good (exit status 3)."""

    code = "render"


class EncodeError(RenderError):
    """The encoder failed or its result was not what was planned."""

    code = "render.encode"


class DiskError(WajoError):
    """A folder cannot be written, or the disk is full (exit status 3)."""

    code = "disk"


class StoreError(WajoError):
    """The database cannot be used: locked, damaged, or written by a newer program."""

    code = "store"


class CredentialError(WajoError):
    """Secrets cannot be read or kept: no keyring, a locked one, an account not connected."""

    code = "credentials"


class PublishError(WajoError):
    """A delivery did not happen, for the reason told. Nothing was published."""

    code = "publish"


class AuthExpiredError(PublishError):
    """The network no longer accepts the account's token: connect again."""

    code = "publish.auth_expired"


class NotAllowedError(PublishError):
    """The account or app may not do this."""

    code = "publish.not_allowed"


class RejectedError(PublishError):
    """The network refused the content or a setting."""

    code = "publish.rejected"


class RateLimitedError(PublishError):
    """Too much for now; ``retry_after_s`` in ``params`` where the network told."""

    code = "publish.rate_limited"


class UnavailableError(PublishError):
    """The network does not work at present, or cannot be reached."""

    code = "publish.unavailable"
    retryable = True


class OfflineError(UnavailableError):
    """No connection to the internet, or something in the office stands between."""

    code = "publish.offline"


class OutcomeUnknownError(WajoError):
    """It may have been published, or not. Never sent again before that is known."""

    code = "publish.outcome_unknown"


def disk_error(error: OSError, path: object) -> DiskError:
    """Translate an ``OSError`` from writing ``path`` into one clear sentence."""
    import errno

    messages = {
        errno.ENOSPC: N_(
            "The disk is full: {path} could not be written. Free some space and retry."
        ),
        errno.EDQUOT: N_(
            "The disk is full: {path} could not be written. Free some space and retry."
        ),
        errno.EACCES: N_("{path} may not be written. Choose another folder."),
        errno.EPERM: N_("{path} may not be written. Choose another folder."),
        errno.EROFS: N_("{path} is on a read-only disk. Choose another folder."),
        errno.ENAMETOOLONG: N_("The path {path} is too long. Choose a folder with a shorter path."),
    }
    message = messages.get(
        error.errno or 0,
        N_("{path} could not be written. Check the disk or choose another folder."),
    )
    return DiskError(message, path=path, detail=f"{type(error).__name__}: {error}")
