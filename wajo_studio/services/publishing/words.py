"""The states of a delivery as a person reads them."""

from wajo_studio.domain.delivery import DeliveryState
from wajo_studio.i18n import pgettext


def state_word(state: DeliveryState) -> str:
    """The state in words, in the language in force."""
    return {
        DeliveryState.QUEUED: pgettext("delivery", "queued"),
        DeliveryState.SENDING: pgettext("delivery", "sending"),
        DeliveryState.PROCESSING: pgettext("delivery", "being processed"),
        DeliveryState.PUBLISHED: pgettext("delivery", "published"),
        DeliveryState.FAILED: pgettext("delivery", "failed"),
        DeliveryState.UNKNOWN: pgettext("delivery", "not certain"),
        DeliveryState.CANCELLED: pgettext("delivery", "cancelled"),
    }[state]
