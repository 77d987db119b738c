"""Words by which files say that a trained model made or changed them. Pure.

The values are those of the IPTC's vocabulary "digital source type", which XMP and content
credentials (C2PA) use: https://cv.iptc.org/newscodes/digitalsourcetype (checked 2026-11-24). The
programs are those that write their name into what they make.
"""

import re

from wajo_studio.domain.seen import Making

_COMPOSITE = re.compile(rb"compositeWithTrainedAlgorithmicMedia")
_GENERATED = re.compile(rb"(?<![A-Za-z])trainedAlgorithmicMedia")
_PARAMETERS = re.compile(rb"Negative prompt:|Sampler: ?\w|\"class_type\": ?\"KSampler")
_TOOLS = (
    *("Midjourney", "Stable Diffusion", "ComfyUI", "InvokeAI", "NovelAI", "DreamStudio"),
    *("Adobe Firefly", "DALL-E", "DALL·E", "OpenAI", "Bing Image Creator", "Google AI"),
    *("Google Generative AI", "Leonardo.Ai", "Magic Media"),
)
_TOOL = re.compile("|".join(re.escape(name) for name in _TOOLS).encode())


def making_of(metadata: bytes) -> Making | None:
    """How a model had a part in a file, by its metadata; None where nothing says so."""
    if _COMPOSITE.search(metadata):
        return "composite"
    if _GENERATED.search(metadata) or _PARAMETERS.search(metadata):
        return "generated"
    return "generated" if _TOOL.search(metadata) else None


def tool_of(metadata: bytes) -> str:
    """The program that a file names as the one that generated it; empty for none."""
    found = _TOOL.search(metadata)
    return found[0].decode() if found else ""
