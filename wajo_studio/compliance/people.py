"""Who is seen in a post's pictures and clips, as far as shapes tell; and whether music plays."""

from wajo_studio.compliance.facts import PostFacts
from wajo_studio.compliance.seen_text import is_covered
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.reading import read
from wajo_studio.domain.geometry import Box
from wajo_studio.domain.media import MediaItem

NEAR_FACE = 0.08
"""Of the picture's height: a face this high is seen from near (rules.md, face-consent-attest)."""

_MUSIC_S, _MUSIC_SHARE = 2.0, 0.08
"""Seconds and part of a clip in which tones are held, from which on music plays."""


def faces(facts: PostFacts, item: MediaItem) -> tuple[Box, ...]:
    """Faces that are seen and not blurred; of a clip those of the moment with the most."""
    if picture := facts.looks.pictures.get(item.id):
        blurred = [Box(*area) for area in item.blur]
        return tuple(face for face in picture.faces if not is_covered(face, blurred))
    if clip := facts.looks.clips.get(item.id):
        return max((moment.faces for _time, moment in clip.moments), key=len, default=())
    return ()


def near_faces(facts: PostFacts, item: MediaItem) -> tuple[Box, ...]:
    """Those of the faces that can be told from near."""
    return tuple(face for face in faces(facts, item) if face.h >= NEAR_FACE)


def may_show_people(facts: PostFacts, item: MediaItem) -> bool:
    """Whether somebody is seen, or the words about it say so, or nobody has looked yet.

    Faces turned away are not found, so a description that names people counts as well.
    """
    if item.id in facts.looks.pending:
        return False
    if not facts.looks.knows(item.id) or faces(facts, item):
        return True
    return not item.blur and read(item.alt).has(data.lexicon("pictures", "people"))


def has_music(facts: PostFacts, item: MediaItem) -> bool:
    """Whether music is heard in a clip."""
    clip = facts.looks.clips.get(item.id)
    if clip is None or clip.sound is None:
        return False
    length_s = clip.span[1] - clip.span[0]
    return clip.sound.music_s >= max(_MUSIC_S, _MUSIC_SHARE * length_s)
