"""A speech model that has learnt one sentence by heart: the real engine runs, no file is fetched.

Layers are zero, so what comes out depends on the position alone: each position has its own
direction, and the projection turns that direction into the next token. Only where the decoder
looks depends on more: word number n looks at second n of the sound, so that is when it was said.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_WIDTH, _SURE = 32, 10.0
_WORDS, _TIMES = 50257, 1501
_FRAMES_A_SECOND = 50
_PROMPT = 3
"""Start, language and task stand before what is written."""

_SPECIAL = (
    ["<|endoftext|>", "<|startoftranscript|>"],
    ["<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>"],
    ["<|notimestamps|>"],
)


def make_speech_model(
    folder: Path, words: list[str], end_s: float, *, english_only: bool = False
) -> Path:
    """Write a model folder that hears ``words`` in any speech, one each second.

    Args:
        folder: to make.
        words: each with the blank before it, at most 25.
        end_s: when the sentence ends.
        english_only: as models are that know a single language.
    """
    import ctranslate2
    from faster_whisper.tokenizer import _LANGUAGE_CODES
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    times = [f"<|{number * 0.02:.2f}|>" for number in range(_TIMES)]
    languages = [f"<|{code}|>" for code in _LANGUAGE_CODES]
    special = [*_SPECIAL[0], *languages, *_SPECIAL[1], *_SPECIAL[2], *times]
    learnt = [word.replace(" ", "Ġ") for word in words]
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    others = [f"x{number}" for number in range(_WORDS - len(learnt) - len(letters) - 1)]
    mark = "x-" if english_only else ""  # the empty token marks a model of many languages
    tokens = [*learnt, *letters, *others, mark, *special]
    place = {token: number for number, token in enumerate(tokens)}
    said = ["<|0.00|>", *learnt, f"<|{end_s:.2f}|>", "<|endoftext|>"]
    spec = ctranslate2.specs.WhisperSpec(1, 1, 1, 1)
    _fill(spec, len(tokens))
    for step, token in enumerate(said):
        spec.decoder.projection.weight[place[token], _PROMPT - 1 + step] = _SURE
    looking = spec.decoder.layer[0].attention
    looking.linear[1].weight[:_WIDTH] = np.eye(_WIDTH)
    for number in range(len(words) + 1):
        looking.linear[0].weight[number, _PROMPT + number] = _SURE
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.alignment_heads = [[0, 0]]
    spec.config.lang_ids = [place[token] for token in languages]
    spec.register_vocabulary(tokens)
    folder.mkdir()
    spec.validate()
    spec.save(str(folder))
    tokenizer = Tokenizer(
        models.BPE(vocab={t: n for t, n in place.items() if n < _WORDS}, merges=[])
    )
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in special])
    assert tokenizer.token_to_id(times[0]) == place[times[0]]
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def _zeros(*shape: int) -> NDArray[np.float32]:
    return np.zeros(shape, np.float32)


def _fill(spec: Any, tokens: int) -> None:
    """Weights of the right shapes: everything zero but positions and norms."""
    encoder, decoder = spec.encoder, spec.decoder
    encoder.conv1.weight, encoder.conv1.bias = _zeros(_WIDTH, 80, 3), _zeros(_WIDTH)
    encoder.conv2.weight, encoder.conv2.bias = _zeros(_WIDTH, _WIDTH, 3), _zeros(_WIDTH)
    seconds = np.arange(1500) // _FRAMES_A_SECOND
    encoder.position_encodings.encodings = 10 * np.eye(_WIDTH, dtype=np.float32)[seconds]
    decoder.position_encodings.encodings = 10 * np.eye(448, _WIDTH, dtype=np.float32)
    decoder.embeddings.weight = _zeros(tokens, _WIDTH)
    decoder.projection.weight = _zeros(tokens, _WIDTH)
    for norm in (encoder.layer_norm, decoder.layer_norm):
        _norm(norm)
    for layer in (*encoder.layer, *decoder.layer):
        _attention(layer.self_attention, [3 * _WIDTH, _WIDTH])
        _norm(layer.ffn.layer_norm)
        layer.ffn.linear_0.weight, layer.ffn.linear_0.bias = _zeros(_WIDTH, _WIDTH), _zeros(_WIDTH)
        layer.ffn.linear_1.weight, layer.ffn.linear_1.bias = _zeros(_WIDTH, _WIDTH), _zeros(_WIDTH)
    for layer in decoder.layer:
        _attention(layer.attention, [_WIDTH, 2 * _WIDTH, _WIDTH])


def _norm(norm: Any) -> None:
    norm.gamma, norm.beta = np.ones(_WIDTH, np.float32), _zeros(_WIDTH)


def _attention(attention: Any, sizes: list[int]) -> None:
    _norm(attention.layer_norm)
    for linear, size in zip(attention.linear, sizes, strict=True):
        linear.weight, linear.bias = _zeros(size, _WIDTH), _zeros(size)
